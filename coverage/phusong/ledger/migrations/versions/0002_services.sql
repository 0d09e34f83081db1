-- What households are helped with, what operators have promised, when the campaign runs, where lessons are free.

CREATE TABLE subsidies (
  subsidy {int} PRIMARY KEY CHECK (subsidy > 0),
  household_key TEXT NOT NULL CHECK (household_key <> ''),
  service TEXT NOT NULL CHECK (service IN ('2G', '3G', '4G', '5G', 'FIBRE')),
  payer TEXT NOT NULL CHECK (payer <> ''),
  package_id TEXT,
  waiver_vnd {int} NOT NULL CHECK (waiver_vnd >= 0),
  vnd_month {int} NOT NULL CHECK (vnd_month >= 0),
  months {int} NOT NULL CHECK (months >= 0),
  starts_on TEXT NOT NULL,
  ends_on TEXT,
  beside {int} NOT NULL CHECK (beside IN (0, 1)),
  line {int} NOT NULL REFERENCES journal (number) DEFERRABLE INITIALLY DEFERRED,
  CHECK (waiver_vnd > 0 OR (vnd_month > 0 AND months > 0)),
  CHECK ((ends_on IS NULL) = (months = 0))
){strict};
CREATE INDEX subsidies_of_household ON subsidies (household_key, service);

CREATE TABLE subsidy_ends (
  subsidy {int} PRIMARY KEY REFERENCES subsidies (subsidy),
  dated TEXT NOT NULL,
  line {int} NOT NULL REFERENCES journal (number) DEFERRABLE INITIALLY DEFERRED
){strict};

CREATE TABLE subsidy_holds (
  household_key TEXT NOT NULL,
  service TEXT NOT NULL,
  subsidy {int} NOT NULL UNIQUE,
  PRIMARY KEY (household_key, service)
){strict};

CREATE TABLE commitments (
  commitment_id TEXT NOT NULL CHECK (commitment_id <> ''),
  version {int} NOT NULL CHECK (version > 0),
  operator TEXT NOT NULL,
  hamlet_id TEXT,
  hamlet TEXT,
  commune_code TEXT,
  commune TEXT,
  technology TEXT NOT NULL,
  solution TEXT,
  due_on TEXT,
  state TEXT NOT NULL,
  on_air_on TEXT,
  accepted_under TEXT,
  obstacle TEXT,
  as_of TEXT,
  line {int} NOT NULL REFERENCES journal (number) DEFERRABLE INITIALLY DEFERRED,
  PRIMARY KEY (commitment_id, version)
){strict};

CREATE TABLE commitment_moves (
  number {int} PRIMARY KEY CHECK (number > 0),
  commitment_id TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('planned', 'building', 'on_air', 'accepted', 'withdrawn')),
  dated TEXT,
  record TEXT,
  line {int} NOT NULL REFERENCES journal (number) DEFERRABLE INITIALLY DEFERRED
){strict};
CREATE INDEX moves_of_commitment ON commitment_moves (commitment_id);

CREATE TABLE windows (
  campaign TEXT NOT NULL CHECK (campaign <> ''),
  version {int} NOT NULL CHECK (version > 0),
  opens_on TEXT NOT NULL,
  closes_on TEXT NOT NULL,
  basis TEXT,
  line {int} NOT NULL REFERENCES journal (number) DEFERRABLE INITIALLY DEFERRED,
  PRIMARY KEY (campaign, version),
  CHECK (opens_on <= closes_on)
){strict};

CREATE TABLE platforms (
  platform TEXT NOT NULL CHECK (platform <> ''),
  version {int} NOT NULL CHECK (version > 0),
  owner TEXT,
  address TEXT,
  listed {int} NOT NULL CHECK (listed IN (0, 1)),
  line {int} NOT NULL REFERENCES journal (number) DEFERRABLE INITIALLY DEFERRED,
  PRIMARY KEY (platform, version)
){strict};

CREATE TABLE zero_ratings (
  platform TEXT NOT NULL,
  operator TEXT NOT NULL,
  version {int} NOT NULL CHECK (version > 0),
  free {int} NOT NULL CHECK (free IN (0, 1)),
  since TEXT,
  line {int} NOT NULL REFERENCES journal (number) DEFERRABLE INITIALLY DEFERRED,
  PRIMARY KEY (platform, operator, version)
){strict};
