// The list of what is near, the round, and the bar under the thumb; drawn here, so that a report can begin without the server.
import { button, element, fill, keep, kept, mounted } from "./dom.js";
import { outbox } from "./outbox.js";
import { EDITED, outboxView } from "./outbox_view.js";
import { ReportForm } from "./report.js";
import { appLinks, roundView } from "./round.js";

const PICKS = "onemap-round";

export const { show, leave } = mounted("oneMapNearby", (/** @type {View.NearComponent} */ component) => new NearbyList(component));

class NearbyList {
  /** Feature whose row shows more. @type {string | null} */
  unfolded = null;
  /** What was drawn last, as text. @type {string | undefined} */
  drawn;

  /** @param {View.NearComponent} component */
  constructor(component) {
    this.component = component;
    this.frame = element("div", { className: "onemap-nearby" });
    this.bar = element("nav", { className: "onemap-bar" });
    component.parentElement.append(this.frame, this.bar);
    this.form = new ReportForm();
    outboxView().editor = (draft) => this.form.resume(this.component.data, draft);
    this.picks = this.picked(component.data.day);
    const wanted = sessionStorage.getItem(EDITED); // another page wants a draft to be edited
    sessionStorage.removeItem(EDITED);
    if (wanted) this.resumeFrom(wanted);
  }

  leave() {
    outboxView().editor = null;
    this.form.remove();
    this.frame.remove();
    this.bar.remove();
  }

  /** @param {View.NearComponent} component */
  update(component) {
    this.component = component;
    const { data } = component;
    const text = JSON.stringify(data);
    if (text !== this.drawn) this.draw(data);
    this.drawn = text;
  }

  /**
   * Picks of an earlier visit on the same day.
   * @param {string} day
   */
  picked(day) {
    const known = kept(PICKS, { day: "", ids: /** @type {string[]} */ ([]) });
    return new Set(known.day === day ? known.ids : []);
  }

  /** @param {string} key */
  async resumeFrom(key) {
    await outbox.reload();
    const draft = outbox.drafts.find((one) => one.key === key);
    if (draft) this.form.resume(this.component.data, draft);
  }

  /**
   * Show the round of what was picked, of all that is open near by where nothing was; or the list again.
   * @param {boolean} on
   */
  walk(on) {
    this.component.setTriggerValue("walked", { on, ids: [...this.picks] });
    this.frame.closest(".stMain")?.scrollTo({ top: 0, behavior: "smooth" });
  }

  /** @param {Wire.NearData} data */
  draw(data) {
    const inside = data.round
      ? roundView(data.round, data, { back: () => this.walk(false), clear: () => this.clear() })
      : data.rows.map((row) => this.row(row, data));
    this.frame.replaceChildren(...inside);
    this.frame.dataset.place = data.place ? `${data.place.lon},${data.place.lat}` : "";
    if (!data.round && !data.rows.length) this.frame.append(element("p", { className: "onemap-empty" }, data.empty));
    this.drawBar(data);
  }

  /** @param {Wire.NearData} data */
  drawBar(data) {
    const { words } = data;
    const name = this.picks.size ? `${words.round} · ${this.picks.size}` : words.openAround;
    const round = button("onemap-action", name, () => this.walk(true), { disabled: !data.place });
    const report = data.choices.length
      ? button("onemap-action main report", words.report, () => this.form.begin(data))
      : element("a", { className: "onemap-action main", href: data.signIn, target: "_self" }, data.author ? words.mayNot : words.signIn);
    if (data.author && !data.choices.length) report.removeAttribute("href");
    this.bar.replaceChildren(...(data.round ? [] : [round]), report);
  }

  clear() {
    this.picks.clear();
    this.keepPicks();
    this.walk(false);
  }

  /** @param {string} id @param {boolean} on */
  pick(id, on) {
    if (on) this.picks.add(id);
    else this.picks.delete(id);
    this.keepPicks();
  }

  keepPicks() {
    keep(PICKS, { day: this.component.data.day, ids: [...this.picks] });
    this.drawBar(this.component.data);
  }

  /** @param {Wire.NearRow} row @param {Wire.NearData} data */
  row(row, data) {
    const { words } = data;
    const tick = element("input", { type: "checkbox", checked: this.picks.has(row.feature), "aria-label": fill(words.pick, { name: row.name }) });
    tick.onchange = () => this.pick(row.feature, tick.checked);
    const head = button("head", "", () => this.unfold(row, data), { "aria-expanded": String(this.unfolded === row.feature) });
    head.append(
      element("i", { className: `light ${row.light}`, title: row.lightWord }, row.glyph),
      element(
        "span", { className: "text" },
        element("b", { dir: "auto" }, row.name),
        element("span", { className: "way" }, row.way),
        element("span", { dir: "auto" }, row.task ? `${row.task} ${row.title}` : row.kind),
      ),
      element("i", { className: "arrow" }, "›"),
    );
    return element(
      "article", { className: `onemap-near ${row.here ? "here" : ""}`, "data-id": row.feature },
      element("label", { className: "tick" }, tick),
      head,
      this.unfolded === row.feature ? this.more(row, data) : null,
    );
  }

  /** @param {Wire.NearRow} row @param {Wire.NearData} data */
  unfold(row, data) {
    this.unfolded = this.unfolded === row.feature ? null : row.feature;
    this.draw(data);
    const made = this.frame.querySelector(`[data-id="${CSS.escape(row.feature)}"]`);
    /** @type {HTMLElement | null | undefined} */ (made?.querySelector(".head"))?.focus({ preventScroll: true });
    made?.scrollIntoView({ block: "nearest", behavior: "smooth" });
  }

  /** @param {Wire.NearRow} row @param {Wire.NearData} data */
  more(row, data) {
    const { words } = data;
    const choice = data.choices.find(({ task }) => task === row.task);
    const link = (/** @type {string} */ href, /** @type {string} */ text) => element("a", { className: "onemap-action", href, target: "_self" }, text);
    const { feature, name, distance_m } = row;
    return element(
      "div", { className: "more" },
      choice ? button("onemap-action main", words.report, () => this.form.begin(data, { ...choice, feature, name, distance_m })) : null,
      row.page ? link(row.page, words.task) : null,
      row.along ? link(row.along, words.along) : null,
      appLinks(row.apps),
    );
  }
}
