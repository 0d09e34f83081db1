// What stands around the map in the page: headline figures, banner and sources.

function ratio({ indicator, numerator, denominator, counted }) {
  const whom = indicator === "partial_gap" ? ` ${tell("of_not_white")}` : "";
  return `${formatNumber(numerator)}/${formatNumber(denominator)} ${name("counted", counted)}${whom}`;
}

/** Return one headline figure: share, numerator over denominator, and what nobody knows. */
function figure(row) {
  const persons = data.head.persons.find((r) => r.indicator === row.indicator);
  const technologies = (row.technologies || "").replaceAll("|", ", ");
  const counted = technologies ? ` (${technologies})` : null;
  const unknown = capital(tell("unknown_count", { n: formatNumber(row.unknown) }));
  return make(
    "li",
    {},
    make("strong", {}, formatShare(row.share, 1)),
    " ",
    make("span", { className: "what" }, capital(name("indicator", row.indicator)), counted),
    make("span", {}, ratio(row)),
    persons ? make("span", {}, `${ratio(persons)} (${formatShare(persons.share, 1)})`) : null,
    row.unknown ? make("span", {}, unknown) : null,
  );
}

function writeHead() {
  const { head } = data;
  const parts = [
    tell(head.area === "city" ? "city" : "province", { name: head.province }),
    tell("figures_as_of", { date: formatDate(head.as_of) }),
  ];
  parts.push(name("edition", head.edition));
  if (head.scenario) parts.push(tell("scenario", { name: head.scenario[language] }));
  byId("subtitle").textContent = parts.join(" · ");
  byId("figures").replaceChildren(...head.figures.map(figure), ...planFigure());
  byId("figures").parentElement.hidden = !head.figures.length;
  byId("banner").hidden = !head.demonstration;
  byId("banner").replaceChildren(make("strong", {}, tell("banner")), " ", tell("banner_note"));
  byId("language").textContent = tell("language");
  byId("language").title = tell("language_hint");
  byId("language").lang = language === "vi" ? "en" : "vi";
}

function writeSources() {
  const { head } = data;
  const keys = ["source_kind", "source_publisher", "source_licence", "source_date", "source_file"];
  const headings = make("tr", {}, ...keys.map((key) => make("th", { scope: "col" }, tell(key))));
  const rows = head.sources.map((s) =>
    make(
      "tr",
      {},
      ...[capital(name("source", s.kind)), s.publisher, s.licence, formatDate(s.as_of), s.file].map((text) =>
        make("td", {}, text || "–"),
      ),
    ),
  );
  byId("source-rows").replaceChildren(make("thead", {}, headings), make("tbody", {}, ...rows));
  const kinds = head.absent.map((kind) => name("source", kind)).join(", ");
  const gaps = [
    head.sources.length ? "" : tell("source_none"),
    kinds ? tell("source_absent", { kinds }) : "",
  ];
  byId("absent").textContent = gaps.filter(Boolean).join(" ");
  byId("note").textContent = head.note;
  byId("note").hidden = !head.note;
}
