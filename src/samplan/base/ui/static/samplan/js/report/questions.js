/* The questions of a form: what stands in their fields, what the server has, and what is wrong with them. */
export class Question {
  constructor(section) {
    this.section = section;
    this.code = section.dataset.code;
    this.title = section.dataset.question;
    this.version = section.querySelector(`[name="v-${this.code}"]`);
    this.version.value = this.version.defaultValue; // a browser that brings fields back brings old versions with them
    this.stored = this.#fields((one) => ("checked" in one && one.matches("[type=radio], [type=checkbox]") ? one.defaultChecked : null), true);
    this.troubled = Boolean(section.querySelector("[data-trouble]").firstElementChild);
  }

  /** Pairs of name and value, as a form posts them. */
  get fields() {
    return this.#fields((one) => (one.matches("[type=radio], [type=checkbox]") ? one.checked : null), false);
  }

  #fields(chosen, original) {
    const found = [];
    for (const one of this.section.querySelectorAll(`[name^="a-${this.code}"]`)) {
      const on = chosen(one);
      if (on === null) found.push([one.name, original ? one.defaultValue : one.value]);
      else if (on) found.push([one.name, one.value]);
    }
    return found;
  }

  get changed() {
    return !same(this.fields, this.stored);
  }

  get filled() {
    return this.fields.some(([_name, value]) => value.trim());
  }

  set(fields) {
    const values = new Map();
    for (const [name, value] of fields) values.set(name, [...(values.get(name) ?? []), value]);
    for (const one of this.section.querySelectorAll(`[name^="a-${this.code}"]`)) {
      const mine = values.get(one.name) ?? [];
      if (one.matches("[type=radio], [type=checkbox]")) one.checked = mine.includes(one.value);
      else one.value = mine[0] ?? "";
    }
    this.sum();
  }

  /** In words, as a person reads it. */
  words(fields) {
    return fields.filter(([_name, value]) => value.trim()).map(([name, value]) => {
      const option = this.section.querySelector(`.choice [name="${name}"][value="${CSS.escape(value)}"]`);
      if (option) return option.closest(".choice").textContent.trim();
      const label = this.section.querySelector(`tr:has([name="${name}"]) label`);
      return label ? `${label.textContent.trim()}: ${value}` : value;
    }).join("\n");
  }

  accept(version, fields) {
    this.version.value = String(version);
    this.stored = fields;
    this.trouble("");
  }

  trouble(html) {
    const place = this.section.querySelector("[data-trouble]");
    const read = new DOMParser().parseFromString(html, "text/html");
    place.replaceChildren(...read.body.childNodes);
    this.troubled = html !== "";
    for (const one of this.section.querySelectorAll(`input[name^="a-"]:not([type=radio], [type=checkbox]), textarea`)) {
      if (this.troubled) one.setAttribute("aria-invalid", "true");
      else one.removeAttribute("aria-invalid");
    }
  }

  /** The sum of kronor, while somebody types. */
  sum() {
    const place = this.section.querySelector("[data-sum]");
    if (!place) return;
    const numbers = this.fields.map(([_name, value]) => value.replace(/\s|kr$/g, "")).filter((text) => /^\d+$/.test(text));
    const total = numbers.reduce((sum, text) => sum + BigInt(text), 0n);
    place.textContent = `${total.toLocaleString("sv-SE")}\u00a0kr`;
  }
}

export function same(one, other) {
  return JSON.stringify(one) === JSON.stringify(other);
}
