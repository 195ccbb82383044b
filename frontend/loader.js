// The part that Streamlit delivers with every run: it only fetches the module that does the work, once.
// The module's URL carries the hash of its content, so that a browser may keep it for ever.
// What the map will ask for, one after the other, is asked for at once.
export default function (component) {
  const { data, parentElement } = component;
  const at = (url) => new URL(url, document.location.origin).href;
  const ahead = (rel, as, url, crossOrigin) =>
    document.head.append(Object.assign(document.createElement("link"), { rel, as, href: at(url), crossOrigin }));
  if (!parentElement.oneMapModule) {
    parentElement.oneMapModule = import(at(data.module));
    if (data.leaflet) {
      for (const name of ["store", "canvas", "scene", "labels", "nodes", "marks", "pick", "points", "export"]) {
        ahead("modulepreload", "script", data.module.replace("map.js", `${name}.js`), "anonymous");
      }
      for (const name of ["style", "features", "board", "words", "script"]) ahead("preload", "fetch", data[name], "anonymous");
      ahead("preload", "script", `${data.leaflet}/leaflet.js`, null);
    }
  }
  parentElement.oneMapModule.then((module) => module.show(component));
  return () => {
    parentElement.oneMapModule.then((module) => module.leave?.(parentElement));
    delete parentElement.oneMapModule;
  };
}
