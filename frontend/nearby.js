// The list of what is near, the round, and the bar under the thumb; drawn here, so that a report can begin without the server.
import { button, element, fill, keep, kept } from "./dom.js";
import { outbox } from "./outbox.js";
import { EDITED, outboxView } from "./outbox_view.js";
import { ReportForm } from "./report.js";
import { roundView } from "./round.js";

const PICKS = "onemap-round";

export function show(component) {
  const host = component.parentElement;
  host.oneMapNearby ??= new NearbyList(host);
  host.oneMapNearby.update(component);
}

export function leave(host) {
  host.oneMapNearby?.leave();
  delete host.oneMapNearby;
}

class NearbyList {
  constructor(host) {
    this.frame = element("div", { className: "onemap-nearby" });
    this.bar = element("nav", { className: "onemap-bar" });
    host.append(this.frame, this.bar);
    this.form = new ReportForm();
    outboxView().editor = (draft) => this.form.resume(this.component.data, draft);
  }

  leave() {
    outboxView().editor = null;
    this.form.remove();
    this.frame.remove();
    this.bar.remove();
  }

  update(component) {
    const first = !this.component;
    this.component = component;
    const { data } = component;
    if (first) this.restore(data);
    const text = JSON.stringify(data);
    if (text !== this.drawn) this.draw(data);
    this.drawn = text;
  }

  /** Picks of an earlier visit on the same day, and a draft that another page wants to be edited. */
  restore(data) {
    const known = kept(PICKS, {});
    this.picks = new Set(known.day === data.day ? known.ids : []);
    const wanted = sessionStorage.getItem(EDITED);
    sessionStorage.removeItem(EDITED);
    if (wanted) this.resumeFrom(wanted);
  }

  async resumeFrom(key) {
    await outbox.reload();
    const draft = outbox.drafts.find((one) => one.key === key);
    if (draft) this.form.resume(this.component.data, draft);
  }

  /** Show the round of what was picked, of all that is open near by where nothing was; or the list again. */
  walk(on) {
    this.component.setTriggerValue("walked", { on, ids: [...this.picks] });
    this.frame.closest(".stMain")?.scrollTo({ top: 0, behavior: "smooth" });
  }

  draw(data) {
    const { words } = data;
    const inside = data.round
      ? roundView(data, { back: () => this.walk(false), clear: () => this.clear() })
      : data.rows.map((row) => this.row(row, data));
    this.frame.replaceChildren(...inside);
    this.frame.dataset.place = data.place ? `${data.place.lon},${data.place.lat}` : "";
    if (!data.round && !data.rows.length) this.frame.append(element("p", { className: "onemap-empty" }, data.empty));
    this.drawBar(data, words);
  }

  drawBar(data, words) {
    const chosen = this.picks.size;
    const name = chosen ? `${words.round} · ${chosen}` : words.openAround;
    const round = button("onemap-action", name, () => this.walk(true), { disabled: !data.place });
    const report = data.choices.length
      ? button("onemap-action main report", words.report, () => this.form.begin(data))
      : element("a", { className: "onemap-action main", href: data.signIn, target: "_self" }, data.author ? words.mayNot : words.signIn);
    if (data.author && !data.choices.length) report.removeAttribute("href");
    this.bar.replaceChildren(...(data.round ? [] : [round]), report);
  }

  clear() {
    this.picks.clear();
    this.pick(null, false);
    this.walk(false);
  }

  pick(id, on) {
    if (id && on) this.picks.add(id);
    else this.picks.delete(id);
    keep(PICKS, { day: this.component.data.day, ids: [...this.picks] });
    this.drawBar(this.component.data, this.component.data.words);
  }

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
        element("span", { className: "soft" }, row.why),
      ),
      element("i", { className: "arrow" }, "›"),
    );
    const made = element("article", { className: `onemap-near ${row.here ? "here" : ""}`, "data-id": row.feature }, element("label", { className: "tick" }, tick), head);
    if (this.unfolded === row.feature) made.append(this.more(row, data));
    return made;
  }

  unfold(row, data) {
    this.unfolded = this.unfolded === row.feature ? null : row.feature;
    this.draw(data);
    const made = this.frame.querySelector(`[data-id="${CSS.escape(row.feature)}"]`);
    made.querySelector(".head").focus({ preventScroll: true });
    made.scrollIntoView({ block: "nearest", behavior: "smooth" });
  }

  more(row, data) {
    const { words } = data;
    const choice = data.choices.find(({ task }) => task === row.task);
    const link = (href, text) => element("a", { className: "onemap-action", href, target: "_self" }, text);
    return element(
      "div", { className: "more" },
      choice ? button("onemap-action main", words.report, () => this.form.begin(data, { ...choice, feature: row.feature, name: row.name, distance_m: row.distance_m })) : null,
      row.page ? link(row.page, words.task) : null,
      row.along ? link(row.along, words.along) : null,
      element("div", { className: "apps" }, ...row.apps.map(([name, url]) => element("a", { className: "onemap-action", href: url, target: "_blank", rel: "noopener noreferrer" }, name))),
    );
  }
}
