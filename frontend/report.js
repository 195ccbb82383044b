// The form of a report, drawn here and not by the server, so that it works while the connection is down.
import { themeNow } from "./canvas.js";
import { distanceText } from "./distance.js";
import { button, element, fill, later, newKey } from "./dom.js";
import { taken } from "./drafts.js";
import { locate, mayLocate } from "./position.js";
import { asksDifficulty, finished, missing, moveOf, usual } from "./moves.js";
import { outbox } from "./outbox.js";

const SAVE_MS = 400;
const FRESH_MS = 30000;
const PHOTOS_MAX = 9;

/** @typedef {Omit<View.Draft, "state" | "message" | "newest">} Written what is in the form */

export class ReportForm {
  /** @type {Wire.NearData} */
  data = later();
  /** @type {Written} */
  draft = later();
  /** Where the person stands. @type {Wire.Spot | null} */
  place = null;
  /** @type {HTMLElement} */
  problem = later();
  /** @type {HTMLElement} */
  strip = later();
  /** Addresses of the photos that are shown. @type {string[]} */
  addresses = [];
  /** @type {Promise<View.Photo[]> | undefined} */
  reading;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  saving;

  constructor() {
    this.sheet = element("dialog", { className: "onemap-sheet onemap-report" });
    this.sheet.addEventListener("cancel", () => this.later());
    document.body.append(this.sheet);
  }

  remove() {
    this.sheet.remove();
  }

  /**
   * Write a new report; the first choice is the nearest project of one's own unit.
   * @param {Wire.NearData} data
   * @param {Wire.Choice} [choice]
   */
  begin(data, choice = data.choices[0]) {
    this.data = data;
    const fields = { status: usual(choice), percent: String(choice.percent), text: "", difficulty_kind: "" };
    this.draft = { key: newKey(), author: data.author, photos: [], written_at: new Date().toISOString(), choice, fields };
    this.open();
  }

  /**
   * Go on with a draft, whose task may no longer be among the choices.
   * @param {Wire.NearData} data
   * @param {View.Draft} draft
   */
  resume(data, draft) {
    this.data = data;
    const text = draft.fields.text ?? draft.fields.note ?? "";
    this.draft = { ...draft, photos: [...draft.photos], fields: { ...draft.fields, text } };
    const now = data.choices.find(({ task }) => task === draft.choice.task);
    if (now) this.draft.choice = { ...draft.choice, ...now };
    if (draft.state === "conflict") {
      this.draft.key = newKey();
      this.keepDraft().then(() => outbox.discard(draft.key));
    }
    if (!moveOf(this.draft)) this.draft.fields.status = usual(this.draft.choice);
    this.open();
  }

  open() {
    this.place = this.draft.place ?? this.data.place;
    this.draw();
    this.sheet.style.colorScheme = themeNow();
    this.sheet.showModal();
    this.refreshPlace();
  }

  /** Where the person stands now, if the browser tells it unasked; the page's place may be some minutes old. */
  async refreshPlace() {
    if (this.draft.place || (this.place && !this.place.device) || !(await mayLocate())) return;
    const found = await locate({ timeout_ms: this.data.timeout_ms, maximumAge: FRESH_MS });
    if (found.error === undefined) this.place = { ...found, datum: this.data.datum, device: true };
  }

  draw() {
    const { words } = this.data;
    this.problem = element("p", { className: "trouble", role: "alert", hidden: true });
    this.sheet.replaceChildren(
      element("header", {}, element("h2", {}, words.report), button("onemap-close", "×", () => this.later(), { "aria-label": words.close })),
      element("div", { className: "fields" }, this.project(), this.far(), this.statuses(), this.percent(), this.kind(), this.text(), this.pictures(), this.problem),
      element("footer", {}, this.camera(), button("onemap-action main send", words.send, () => this.send())),
    );
  }

  project() {
    const { choices, words } = this.data;
    const known = choices.some(({ task }) => task === this.draft.choice.task);
    const every = known ? choices : [this.draft.choice, ...choices];
    const select = element("select", { className: "project", "aria-label": words.project });
    for (const choice of every) {
      const far = typeof choice.distance_m === "number" ? ` · ${distanceText(choice.distance_m, words)}` : "";
      const option = element("option", { value: choice.task }, `${choice.glyph} ${choice.name || choice.task}${far} · ${choice.title}`);
      option.selected = choice.task === this.draft.choice.task;
      select.append(option);
    }
    select.onchange = () => {
      const choice = every[select.selectedIndex];
      this.draft.choice = choice;
      Object.assign(this.draft.fields, { status: usual(choice), percent: String(choice.percent) });
      this.changed();
      this.draw();
    };
    return element("label", { className: "wide" }, select, element("span", { className: "soft", dir: "auto" }, `${this.draft.choice.task} ${this.draft.choice.title}`));
  }

  far() {
    const { words, far_m } = this.data;
    const beyond = (this.draft.choice.distance_m ?? 0) - (this.place?.accuracy_m ?? 0);
    return beyond > far_m ? element("p", { className: "soft far" }, fill(words.far, { far: distanceText(beyond, words) })) : null;
  }

  statuses() {
    const group = element("div", { className: "chips", role: "radiogroup", "aria-label": this.data.words.status });
    for (const { status } of this.draft.choice.moves) {
      const chosen = status === this.draft.fields.status;
      const chip = button("chip", this.data.words.statuses[status], () => {
        this.draft.fields.status = status;
        this.changed();
        this.draw();
      });
      chip.setAttribute("role", "radio");
      chip.setAttribute("aria-checked", String(chosen));
      group.append(chip);
    }
    return group;
  }

  percent() {
    const { fields } = this.draft;
    const [least, most] = moveOf(this.draft)?.percents ?? [0, 100];
    fields.percent = String(Math.min(Math.max(Number(fields.percent), least), most));
    if (least === most) return null;
    const shown = element("output", {}, `${fields.percent}%`);
    const range = element("input", { type: "range", min: least, max: most, value: fields.percent, "aria-label": this.data.words.percent });
    range.oninput = () => {
      fields.percent = range.value;
      shown.textContent = `${range.value}%`;
      this.changed();
    };
    return element("label", { className: "percent" }, range, shown);
  }

  kind() {
    if (!asksDifficulty(this.draft)) return null;
    const { words } = this.data;
    const select = element("select", { className: "kind", "aria-label": words.kind }, element("option", { value: "" }, `${words.kind} …`));
    for (const [value, text] of Object.entries(words.kinds)) select.append(element("option", { value }, text));
    select.value = this.draft.fields.difficulty_kind ?? "";
    select.onchange = () => {
      this.draft.fields.difficulty_kind = select.value;
      this.changed();
    };
    return select;
  }

  text() {
    const { words } = this.data;
    const hint = asksDifficulty(this.draft) ? words.difficulty : words.note;
    const field = element("textarea", { rows: 3, placeholder: hint, "aria-label": hint, maxLength: 4000, value: this.draft.fields.text });
    field.oninput = () => {
      this.draft.fields.text = field.value;
      this.changed();
    };
    return field;
  }

  pictures() {
    this.strip = element("div", { className: "pictures" });
    this.drawPictures();
    return this.strip;
  }

  drawPictures() {
    for (const old of this.addresses) URL.revokeObjectURL(old);
    this.addresses = this.draft.photos.map(({ bytes, type }) => URL.createObjectURL(new Blob([bytes], { type })));
    const { words } = this.data;
    this.strip.replaceChildren(...this.draft.photos.map((photo, at) => {
      const away = button("away", "×", () => {
        this.draft.photos.splice(at, 1);
        this.changed();
        this.drawPictures();
      }, { "aria-label": words.removePhoto });
      return element("figure", {}, element("img", { src: this.addresses[at], alt: photo.name }), away);
    }));
  }

  camera() {
    const input = element("input", { type: "file", accept: "image/*", className: "camera" });
    input.setAttribute("capture", "environment"); // the property takes it in no browser but as an attribute
    input.onchange = async () => {
      const files = [...(input.files ?? [])].slice(0, PHOTOS_MAX - this.draft.photos.length);
      this.reading = Promise.all(files.map(taken));
      this.draft.photos.push(...await this.reading);
      input.value = "";
      this.changed();
      this.drawPictures();
    };
    return element("label", { className: "onemap-action shoot" }, input, element("span", {}, `◉ ${this.data.words.photo}`));
  }

  /** Keep what was written so far, a moment after the last change. */
  changed() {
    clearTimeout(this.saving);
    this.saving = setTimeout(() => this.keepDraft(), SAVE_MS);
  }

  keepDraft() {
    clearTimeout(this.saving);
    return outbox.save({ ...this.draft, state: "writing", message: "", newest: null });
  }

  /** Close the form; what was written stays in the outbox. */
  later() {
    this.sheet.close();
    clearTimeout(this.saving);
    const { fields, photos } = this.draft;
    if (fields.text || photos.length || outbox.drafts.some(({ key }) => key === this.draft.key)) this.keepDraft();
  }

  async send() {
    await this.reading;
    clearTimeout(this.saving);
    const problem = missing(this.draft, this.data.words);
    this.problem.hidden = !problem;
    this.problem.textContent = problem;
    if (problem) return;
    this.sheet.inert = true; // until the browser has kept it as one to be sent: who closes the page sooner loses nothing
    this.draft.written_at = new Date().toISOString();
    await outbox.send({ ...this.draft, place: this.place ?? null, state: "waiting", message: "", newest: null, fields: finished(this.draft, this.place, this.data.lang) });
    this.sheet.inert = false;
    this.sheet.close();
  }
}
