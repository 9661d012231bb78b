/* Puts the map into a page: the one function the page's element calls, at each change. */

const needs = window.NeedsMap;

function styled(address) {
  for (const sheet of document.querySelectorAll("link[data-needs]")) if (sheet.href === address) return sheet.ready;
  const sheet = document.createElement("link");
  sheet.rel = "stylesheet"; sheet.href = address; sheet.dataset.needs = "";
  sheet.ready = new Promise((done) => { sheet.onload = sheet.onerror = done; });
  document.head.appendChild(sheet);
  return sheet.ready;
}

export async function show(element, root) {
  const { data, parentElement } = element;
  needs.root = root;
  // Outlines are asked for at once, not after style and look have come.
  needs.fetchOutlines(data.message.outlines).catch(() => {});
  const tell = (event) => parentElement.needsTell(event);
  parentElement.needsTell = (event) => element.setTriggerValue("chosen", event);
  if (!parentElement.needsView) {
    parentElement.needsView = Promise.all([needs.fetchOnce(data.look, (look) => look), styled(root + data.style)])
      .then(([look]) => {
        const box = needs.part("div", "needs-map", parentElement);
        const view = new needs.View(box, data.options, look, tell);
        box.view = view;
        view.onShow = () => needs.drawTools(view);
        return view;
      });
    parentElement.needsView.catch(() => { parentElement.needsView = null; });
  }
  const view = await parentElement.needsView;
  // On a large screen a map takes the room there is: people in the last row look at it too.
  view.root.style.height = `max(${data.height}px, min(100vh - 300px, 50vw))`;
  await view.show(data.message);
  return () => { view.remove(); parentElement.needsView = null; };
}
