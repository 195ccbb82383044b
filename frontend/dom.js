// Make elements whose words are text nodes, fill templates, remember small things in the browser.

/** @typedef {Node | string | null | undefined} Child */

/**
 * An element with attributes and children; a child that is text becomes a text node.
 * @template {keyof HTMLElementTagNameMap} Tag
 * @param {Tag} tag
 * @param {Record<string, unknown>} [attributes]
 * @param {Child[]} children
 * @returns {HTMLElementTagNameMap[Tag]}
 */
export function element(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name in made) Object.assign(made, { [name]: value });
    else if (value !== null && value !== undefined) made.setAttribute(name, String(value));
  }
  for (const child of children) if (child !== null && child !== undefined && child !== "") made.append(child);
  return made;
}

/**
 * @param {string} className
 * @param {string} text
 * @param {(event: MouseEvent) => void} onclick
 * @param {Record<string, unknown>} [more] further attributes
 */
export function button(className, text, onclick, more = {}) {
  return element("button", { type: "button", className, onclick, ...more }, text);
}

/**
 * A text as HTML that shows it, for where Leaflet takes nothing else.
 * @param {string} text
 */
export function escaped(text) {
  return element("span", {}, text).innerHTML; // eslint-disable-line no-restricted-properties -- read, never written
}

/**
 * Put values into a template such as "{n} m".
 * @param {string} template
 * @param {Record<string, string | number>} values
 */
export function fill(template, values) {
  return template.replace(/\{(\w+)\}/g, (whole, name) => String(values[name] ?? whole));
}

/**
 * The value of a field that is set before anything reads it; the checker takes its word for that.
 * @returns {any}
 */
export function later() {
  return undefined;
}

/**
 * `show` and `leave` of a component whose view is made once for each element that holds it, and kept at it.
 * @template {{parentElement: HTMLElement}} Component
 * @template {{update: (component: Component) => unknown, leave: () => void}} View
 * @param {string} name of the property
 * @param {(component: Component) => View} make
 */
export function mounted(name, make) {
  /** @param {HTMLElement} host */
  const at = (host) => /** @type {Record<string, View | undefined>} */ (/** @type {unknown} */ (host));
  return {
    /** Called by the loader with every run of the script. @param {Component} component */
    show(component) {
      const views = at(component.parentElement);
      views[name] ??= make(component);
      views[name].update(component);
    },
    /** Called when the element leaves the page. @param {HTMLElement} host */
    leave(host) {
      const views = at(host);
      views[name]?.leave();
      delete views[name];
    },
  };
}

/**
 * What the browser keeps under a name; the fallback where it keeps nothing or nothing can be kept.
 * @template Kept
 * @param {string} name
 * @param {Kept} fallback
 * @returns {Kept}
 */
export function kept(name, fallback) {
  try {
    return JSON.parse(localStorage.getItem(name) ?? "null") ?? fallback;
  } catch {
    return fallback;
  }
}

/**
 * @param {string} name
 * @param {unknown} value
 */
export function keep(name, value) {
  try {
    localStorage.setItem(name, JSON.stringify(value));
  } catch {
    // A browser that keeps nothing forgets with the page; nothing else depends on it.
  }
}

/** A random key of 32 digits. */
export function newKey() {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");
}
