"""One small module for each form tool: only what is different about its exports."""
