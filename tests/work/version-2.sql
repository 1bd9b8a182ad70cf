-- A file of my work as the second format wrote it: before hints were counted.
PRAGMA application_id = 1399345776;
CREATE TABLE answers_copies (id TEXT PRIMARY KEY, assignment TEXT NOT NULL, document TEXT NOT NULL);
CREATE TABLE drafts (id TEXT PRIMARY KEY, draft TEXT NOT NULL, place TEXT NOT NULL, at TEXT NOT NULL);
INSERT INTO drafts VALUES ('fb1dd105-dc6a-5168-9251-9be803b606a0','cedaw-2027','report.docx','2026-11-23T18:25:02.696779Z');
CREATE TABLE fields (id TEXT PRIMARY KEY, form TEXT NOT NULL, field TEXT NOT NULL, value TEXT NOT NULL, at TEXT NOT NULL);
INSERT INTO fields VALUES ('51c0ce4e-10ef-5c1c-bf81-ede95d271864','00-start/first-success','problem','"Two wells are dry."','2026-01-05T09:00:00.000001Z');
CREATE TABLE responses (id TEXT PRIMARY KEY, quiz TEXT NOT NULL, item TEXT NOT NULL, revision INTEGER NOT NULL, objective TEXT NOT NULL, language TEXT NOT NULL, response TEXT NOT NULL, score REAL, at TEXT NOT NULL);
INSERT INTO responses VALUES ('153f2171-6754-53d0-9ebc-071f585cf42e','03-treaty-bodies/check-01','tb-order-01',1,'LO-03.2','en','["report","list"]',0.5,'2026-01-05T08:00:00.000001Z');
INSERT INTO responses VALUES ('729d56ce-f38b-522a-8257-1fa4fce1a59f','03-treaty-bodies/check-01','tb-order-01',1,'LO-03.2','ar','["list","report"]',1.0,'2026-01-06T08:00:00.000001Z');
CREATE INDEX responses_by_quiz ON responses (quiz, item, at);
CREATE INDEX fields_by_form ON fields (form, field, at);
PRAGMA user_version = 2;
