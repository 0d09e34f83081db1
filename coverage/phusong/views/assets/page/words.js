// Language, numbers, dates, and the one way in which elements are made: text is always text.

let language = data.language;

const LOCALES = { vi: "vi-VN", en: "en-GB" };
const collator = new Intl.Collator("vi", { numeric: true });

/** Return a sentence of ours, its gaps filled in. */
function tell(key, values = {}) {
  const text = data.labels[key][language];
  return text.replace(/\{(\w+)\}/g, (_, name) => values[name]);
}

/** Return the label of a value of a closed list; one that the list lacks stands for itself, none is silent. */
function name(list, value) {
  if (value === null || value === undefined) return "";
  const term = data.terms[list][value];
  return term ? term[language] : String(value);
}

/** Return a text with a capital first letter, as it starts a line. */
function capital(text) {
  return text.charAt(0).toLocaleUpperCase(LOCALES[language]) + text.slice(1);
}

function formatNumber(value, decimals = 0) {
  const digits = { minimumFractionDigits: decimals, maximumFractionDigits: decimals };
  return new Intl.NumberFormat(LOCALES[language], digits).format(value);
}

/** Return a share as per cent; never 100 % for less than all, nor 0 % for more than nothing. */
function formatShare(share, decimals = 0) {
  if (share === null || share === undefined) return "–";
  const percent = 100 * share;
  const step = 10 ** -decimals;
  if (share < 1 && percent > 100 - step) return `>${formatNumber(100 - step, decimals)}%`;
  if (share > 0 && percent < step) return `<${formatNumber(step, decimals)}%`;
  return `${formatNumber(percent, decimals)}%`;
}

function formatDate(iso) {
  return iso ? iso.slice(0, 10).split("-").reverse().join("/") : "";
}

function formatDistance(metres) {
  if (metres === null || metres === undefined) return "–";
  return metres < 1000 ? `${formatNumber(metres)} m` : `${formatNumber(metres / 1000, 1)} km`;
}

/** Return a text without accents and case, as people type in a hurry. */
function fold(text) {
  return text
    .normalize("NFD")
    .replace(/[\u0300-\u036f]/g, "")
    .replace(/[đĐ]/g, "d")
    .toLowerCase();
}

/** Return an element with properties and children; strings become text nodes. */
function make(tag, properties = {}, ...children) {
  const element = document.createElement(tag);
  for (const [key, value] of Object.entries(properties)) {
    if (key in element && key !== "list") element[key] = value;
    else element.setAttribute(key, value);
  }
  element.append(...children.filter((child) => child !== null && child !== undefined));
  return element;
}

function byId(id) {
  return root.getElementById(id);
}

/** Return rows as objects from a table packed by column. */
function unpack(table) {
  const rows = Array.from({ length: table.size }, (_, i) => ({ i }));
  for (const [key, column] of Object.entries(table.columns)) {
    const value = Array.isArray(column)
      ? (i) => column[i]
      : (i) => (column.codes[i] < 0 ? null : column.words[column.codes[i]]);
    rows.forEach((row, i) => {
      row[key] = value(i);
    });
  }
  return rows;
}

/** Write every fixed sentence of the page in the language in force. */
function writeLabels() {
  for (const element of root.querySelectorAll("[data-label]")) {
    element.textContent = tell(element.dataset.label);
  }
  for (const element of root.querySelectorAll("[data-name]")) {
    element.setAttribute("aria-label", tell(element.dataset.name));
  }
  for (const element of root.querySelectorAll("[data-placeholder]")) {
    element.placeholder = tell(element.dataset.placeholder);
  }
}
