// The part that Streamlit delivers with every run: it only fetches the module that does the work, once.
// The module's URL carries the hash of its content, so that a browser may keep it for ever.
export default function (component) {
  const { data, parentElement } = component;
  parentElement.oneMapModule ??= import(new URL(data.module, document.location.origin).href);
  parentElement.oneMapModule.then((module) => module.show(component));
  return () => {
    parentElement.oneMapModule.then((module) => module.leave?.(parentElement));
    delete parentElement.oneMapModule;
  };
}
