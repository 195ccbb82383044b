// A button that asks the browser where it is, once for each press, and hands it to the page.
import { button, mounted } from "./dom.js";
import { locate, mayLocate } from "./position.js";

export const { show, leave } = mounted("oneMapLocate", (/** @type {View.LocateComponent} */ component) => new LocateButton(component));

class LocateButton {
  asking = false;
  isNew = true;

  /** @param {View.LocateComponent} component */
  constructor(component) {
    this.component = component;
    this.button = button("onemap-locate", "", () => this.ask());
    component.parentElement.append(this.button);
  }

  leave() {
    this.button.remove();
  }

  /** @param {View.LocateComponent} component */
  update(component) {
    this.component = component;
    this.name();
    if (this.isNew && !component.data.known) mayLocate().then((may) => (may ? this.ask() : undefined));
    this.isNew = false;
  }

  name() {
    const { words } = this.component.data;
    this.button.disabled = this.asking;
    this.button.textContent = this.asking ? `◌ ${words.locating}` : `◎ ${words.locate}`;
  }

  async ask() {
    if (this.asking) return;
    this.asking = true;
    this.name();
    const found = await locate(this.component.data);
    this.asking = false;
    this.name();
    this.component.setTriggerValue("located", found);
  }
}
