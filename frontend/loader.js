// The part that Streamlit delivers with every run: it only fetches the module that does the work, once.
// The module's URL carries the hash of its content, so that a browser may keep it for ever.
// What the map will ask for, one after the other, is asked for at once.
/** @param {View.Component<{module: string} & Partial<Wire.MapData>>} component */
export default function (component) {
  const { data, parentElement } = component;
  const at = (/** @type {string} */ url) => new URL(url, document.location.origin).href;
  /** @type {(rel: string, as: string, url: string | undefined, crossOrigin: string | null) => void} */
  const ahead = (rel, as, url, crossOrigin) => {
    if (url) document.head.append(Object.assign(document.createElement("link"), { rel, as, href: at(url), crossOrigin }));
  };
  if (!parentElement.oneMapModule) {
    parentElement.oneMapModule = import(at(data.module));
    if (data.leaflet) {
      for (const name of ["dom", "store", "rule", "canvas", "scene", "labels", "nodes", "marks", "rings", "linked", "pick", "points", "export", "touch"]) {
        ahead("modulepreload", "script", data.module.replace("map.js", `${name}.js`), "anonymous");
      }
      for (const url of [data.style, data.features, data.board, data.words, data.script]) ahead("preload", "fetch", url, "anonymous");
      ahead("preload", "script", `${data.leaflet}/leaflet.js`, null);
    }
  }
  const loaded = parentElement.oneMapModule;
  loaded.then((module) => module.show(component));
  return () => {
    loaded.then((module) => module.leave?.(parentElement));
    delete parentElement.oneMapModule;
  };
}
