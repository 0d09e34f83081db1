-- The book: its journal, what is given, what lies in store, and what is awarded.
-- {int}, {real} and {strict} are the database's own words for the same things.

CREATE TABLE journal (
  number {int} PRIMARY KEY CHECK (number > 0),
  at TEXT NOT NULL CHECK (at <> ''),
  role TEXT NOT NULL CHECK (role <> ''),
  organisation TEXT NOT NULL CHECK (organisation <> ''),
  account TEXT NOT NULL,
  action TEXT NOT NULL CHECK (action <> ''),
  kind TEXT NOT NULL CHECK (kind <> ''),
  subject TEXT NOT NULL,
  why TEXT NOT NULL CHECK (why <> ''),
  before TEXT NOT NULL,
  after TEXT NOT NULL,
  command_key TEXT UNIQUE,
  request TEXT,
  result TEXT,
  previous TEXT NOT NULL UNIQUE,
  hash TEXT NOT NULL UNIQUE,
  CHECK ((command_key IS NULL) = (request IS NULL)),
  CHECK ((command_key IS NULL) = (result IS NULL))
){strict};

CREATE TABLE head (
  id {int} PRIMARY KEY CHECK (id = 1),
  number {int} NOT NULL CHECK (number >= 0),
  hash TEXT NOT NULL
){strict};

CREATE TABLE organisations (
  organisation TEXT NOT NULL CHECK (organisation <> ''),
  version {int} NOT NULL CHECK (version > 0),
  role TEXT,
  kind TEXT CHECK (kind IN ('agency', 'organisation', 'enterprise')),
  line {int} NOT NULL REFERENCES journal (number) DEFERRABLE INITIALLY DEFERRED,
  PRIMARY KEY (organisation, version)
){strict};

CREATE TABLE contributions (
  contribution_id TEXT NOT NULL CHECK (contribution_id <> ''),
  version {int} NOT NULL CHECK (version > 0),
  given_on TEXT,
  donor TEXT,
  donor_kind TEXT,
  form TEXT NOT NULL CHECK (form IN ('money', 'devices', 'tariff', 'state_budget', 'fund')),
  source_code TEXT NOT NULL CHECK (source_code <> ''),
  pledged_vnd {int} CHECK (pledged_vnd >= 0),
  received_vnd {int} CHECK (received_vnd >= 0),
  method TEXT,
  in_kind TEXT,
  quantity {int} CHECK (quantity >= 0),
  unit_value_vnd {int} CHECK (unit_value_vnd >= 0),
  value_vnd {int} CHECK (value_vnd >= 0),
  condition TEXT,
  source TEXT,
  publish {int} CHECK (publish IN (0, 1)),
  note TEXT,
  as_of TEXT,
  counted {int} NOT NULL CHECK (counted IN (0, 1)),
  doubt TEXT NOT NULL,
  decided {int} NOT NULL CHECK (decided IN (0, 1)),
  line {int} NOT NULL REFERENCES journal (number) DEFERRABLE INITIALLY DEFERRED,
  PRIMARY KEY (contribution_id, version),
  CHECK (counted = 1 OR doubt <> '')
){strict};

CREATE TABLE entries (
  number {int} PRIMARY KEY CHECK (number > 0),
  stage TEXT NOT NULL
    CHECK (stage IN ('pledge', 'receipt', 'allocation', 'hand_over', 'confirmation')),
  form TEXT NOT NULL CHECK (form IN ('money', 'devices', 'tariff', 'state_budget', 'fund')),
  source_code TEXT NOT NULL CHECK (source_code <> ''),
  contribution_id TEXT,
  item TEXT,
  purpose TEXT,
  dated TEXT,
  amount_vnd {int},
  pieces {int},
  value_vnd {int},
  reverses {int} UNIQUE REFERENCES entries (number),
  line {int} NOT NULL REFERENCES journal (number) DEFERRABLE INITIALLY DEFERRED,
  CHECK (amount_vnd IS NULL OR (pieces IS NULL AND value_vnd IS NULL)),
  CHECK (amount_vnd IS NOT NULL OR pieces IS NOT NULL),
  CHECK (form NOT IN ('devices', 'tariff') OR amount_vnd IS NULL),
  CHECK (form <> 'money' OR amount_vnd IS NOT NULL),
  CHECK (reverses IS NULL OR reverses < number),
  CHECK (reverses IS NOT NULL OR (COALESCE(amount_vnd, pieces) > 0 AND COALESCE(value_vnd, 0) >= 0)),
  CHECK (reverses IS NULL OR (COALESCE(amount_vnd, pieces) < 0 AND COALESCE(value_vnd, 0) <= 0))
){strict};

CREATE TABLE balances (
  form TEXT NOT NULL,
  source_code TEXT NOT NULL,
  measure TEXT NOT NULL CHECK (measure IN ('vnd', 'pieces', 'value_vnd')),
  pledged {int} NOT NULL CHECK (pledged >= 0),
  received {int} NOT NULL CHECK (received >= 0),
  allocated {int} NOT NULL CHECK (allocated >= 0),
  handed_over {int} NOT NULL CHECK (handed_over >= 0),
  confirmed {int} NOT NULL CHECK (confirmed >= 0),
  PRIMARY KEY (form, source_code, measure),
  CHECK (measure = 'value_vnd' OR allocated <= received),
  CHECK (measure = 'value_vnd' OR handed_over <= allocated),
  CHECK (measure = 'value_vnd' OR confirmed <= handed_over)
){strict};

CREATE TABLE lots (
  lot_id TEXT NOT NULL CHECK (lot_id <> ''),
  version {int} NOT NULL CHECK (version > 0),
  contribution_id TEXT,
  kind TEXT NOT NULL CHECK (kind IN ('desktop', 'laptop', 'tablet', 'smartphone')),
  model TEXT,
  ram_gb {real} CHECK (ram_gb >= 0),
  storage_gb {real} CHECK (storage_gb >= 0),
  screen_in {real} CHECK (screen_in >= 0),
  camera {int} CHECK (camera IN (0, 1)),
  microphone {int} CHECK (microphone IN (0, 1)),
  battery_mah {real} CHECK (battery_mah >= 0),
  modem {int} CHECK (modem IN (0, 1)),
  condition TEXT,
  quantity {int} NOT NULL CHECK (quantity > 0),
  warranty_until TEXT,
  received_on TEXT,
  kept_at TEXT,
  unit_value_vnd {int} CHECK (unit_value_vnd >= 0),
  package_id TEXT,
  only_district TEXT,
  only_communes TEXT,
  only_schools TEXT,
  only_levels TEXT,
  wish TEXT,
  as_of TEXT,
  bought_from TEXT,
  line {int} NOT NULL REFERENCES journal (number) DEFERRABLE INITIALLY DEFERRED,
  PRIMARY KEY (lot_id, version)
){strict};

CREATE TABLE lot_serials (
  serial TEXT PRIMARY KEY CHECK (length(serial) >= 26),
  lot_id TEXT NOT NULL,
  line {int} NOT NULL REFERENCES journal (number) DEFERRABLE INITIALLY DEFERRED
){strict};

CREATE TABLE packages (
  package_id TEXT NOT NULL CHECK (package_id <> ''),
  version {int} NOT NULL CHECK (version > 0),
  operator TEXT NOT NULL,
  name TEXT NOT NULL,
  quantity {int} NOT NULL CHECK (quantity >= 0),
  gb_per_day {real} CHECK (gb_per_day >= 0),
  months {int} CHECK (months >= 0),
  price_after_vnd {int} CHECK (price_after_vnd >= 0),
  zero_rated TEXT,
  install_waiver_vnd {int} CHECK (install_waiver_vnd >= 0),
  subsidy_vnd_month {int} CHECK (subsidy_vnd_month >= 0),
  subsidy_months {int} CHECK (subsidy_months >= 0),
  audience TEXT,
  hotspot {int} CHECK (hotspot IN (0, 1)),
  starts_on TEXT,
  as_of TEXT,
  line {int} NOT NULL REFERENCES journal (number) DEFERRABLE INITIALLY DEFERRED,
  PRIMARY KEY (package_id, version)
){strict};

CREATE TABLE stock_moves (
  number {int} PRIMARY KEY CHECK (number > 0),
  item TEXT NOT NULL CHECK (substr(item, 1, 4) = 'lot:' OR substr(item, 1, 8) = 'package:'),
  reason TEXT NOT NULL,
  received {int} NOT NULL,
  set_aside {int} NOT NULL,
  taken {int} NOT NULL,
  gone {int} NOT NULL,
  dated TEXT,
  line {int} NOT NULL REFERENCES journal (number) DEFERRABLE INITIALLY DEFERRED,
  CHECK (received <> 0 OR set_aside <> 0 OR taken <> 0 OR gone <> 0)
){strict};

CREATE TABLE stock (
  item TEXT PRIMARY KEY,
  received {int} NOT NULL CHECK (received >= 0),
  set_aside {int} NOT NULL CHECK (set_aside >= 0),
  taken {int} NOT NULL CHECK (taken >= 0),
  gone {int} NOT NULL CHECK (gone >= 0),
  CHECK (received - set_aside - taken - gone >= 0)
){strict};

CREATE TABLE awards (
  award {int} PRIMARY KEY CHECK (award > 0),
  student_key TEXT NOT NULL CHECK (student_key <> ''),
  household_key TEXT,
  lot_id TEXT,
  package_id TEXT,
  tier TEXT,
  level TEXT,
  policy TEXT,
  per_household {int} NOT NULL CHECK (per_household IN (0, 1)),
  replaces {int} UNIQUE REFERENCES awards (award),
  proposed_by TEXT NOT NULL CHECK (proposed_by <> ''),
  proposed_on TEXT NOT NULL,
  line {int} NOT NULL REFERENCES journal (number) DEFERRABLE INITIALLY DEFERRED,
  CHECK (lot_id IS NOT NULL OR package_id IS NOT NULL)
){strict};
CREATE INDEX awards_of_pupil ON awards (student_key);

CREATE TABLE award_tokens (
  award {int} NOT NULL REFERENCES awards (award),
  token TEXT NOT NULL CHECK (substr(token, 1, 5) IN ('pupil', 'token', 'home:')),
  line {int} NOT NULL REFERENCES journal (number) DEFERRABLE INITIALLY DEFERRED,
  PRIMARY KEY (award, token)
){strict};

CREATE TABLE award_moves (
  number {int} PRIMARY KEY CHECK (number > 0),
  award {int} NOT NULL REFERENCES awards (award),
  state TEXT NOT NULL CHECK (state IN ('proposed', 'approved', 'handed_over', 'confirmed',
    'returned', 'replaced', 'lost', 'cancelled')),
  dated TEXT NOT NULL,
  actor TEXT NOT NULL CHECK (actor <> ''),
  record TEXT,
  serial TEXT REFERENCES lot_serials (serial),
  line {int} NOT NULL REFERENCES journal (number) DEFERRABLE INITIALLY DEFERRED,
  UNIQUE (award, state)
){strict};

CREATE TABLE releases (
  award {int} PRIMARY KEY REFERENCES awards (award),
  dated TEXT NOT NULL,
  line {int} NOT NULL REFERENCES journal (number) DEFERRABLE INITIALLY DEFERRED
){strict};

CREATE TABLE standing (
  award {int} PRIMARY KEY,
  state TEXT NOT NULL,
  proposed_by TEXT NOT NULL,
  approved_by TEXT,
  serial TEXT UNIQUE,
  CHECK (approved_by IS NULL OR approved_by <> proposed_by)
){strict};

CREATE TABLE holds (
  token TEXT PRIMARY KEY,
  award {int} NOT NULL
){strict};
CREATE INDEX holds_of_award ON holds (award);
