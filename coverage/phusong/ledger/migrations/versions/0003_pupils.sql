-- What has changed with a pupil: the family declines, the pupil goes to another school or leaves the province.

CREATE TABLE pupil_changes (
  change {int} PRIMARY KEY CHECK (change > 0),
  student_key TEXT NOT NULL CHECK (student_key <> ''),
  kind TEXT NOT NULL CHECK (kind IN ('declined', 'moved', 'departed')),
  school_id TEXT,
  device TEXT CHECK (device IN ('along', 'back')),
  award {int} REFERENCES awards (award),
  dated TEXT NOT NULL,
  record TEXT,
  line {int} NOT NULL REFERENCES journal (number) DEFERRABLE INITIALLY DEFERRED,
  CHECK ((kind = 'moved') = (school_id IS NOT NULL))
){strict};
CREATE INDEX changes_of_pupil ON pupil_changes (student_key);

CREATE TABLE change_tokens (
  change {int} NOT NULL REFERENCES pupil_changes (change),
  token TEXT NOT NULL CHECK (substr(token, 1, 5) IN ('pupil', 'token')),
  line {int} NOT NULL REFERENCES journal (number) DEFERRABLE INITIALLY DEFERRED,
  PRIMARY KEY (change, token)
){strict};
CREATE INDEX changes_of_token ON change_tokens (token);

CREATE TABLE change_ends (
  change {int} PRIMARY KEY REFERENCES pupil_changes (change),
  dated TEXT NOT NULL,
  line {int} NOT NULL REFERENCES journal (number) DEFERRABLE INITIALLY DEFERRED
){strict};
