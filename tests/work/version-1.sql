-- A file of my work as the first format wrote it: before drafts and copies of answers.
PRAGMA application_id = 1399345776;
CREATE TABLE responses (id TEXT PRIMARY KEY, quiz TEXT NOT NULL, item TEXT NOT NULL, revision INTEGER NOT NULL, objective TEXT NOT NULL, language TEXT NOT NULL, response TEXT NOT NULL, score REAL, at TEXT NOT NULL);
CREATE INDEX responses_by_quiz ON responses (quiz, item, at);
CREATE TABLE fields (id TEXT PRIMARY KEY, form TEXT NOT NULL, field TEXT NOT NULL, value TEXT NOT NULL, at TEXT NOT NULL);
CREATE INDEX fields_by_form ON fields (form, field, at);
INSERT INTO responses VALUES ('153f2171-6754-53d0-9ebc-071f585cf42e', '03-treaty-bodies/check-01', 'tb-order-01', 1, 'LO-03.2', 'en', '["report","list"]', 0.5, '2026-01-05T08:00:00.000001Z');
INSERT INTO responses VALUES ('729d56ce-f38b-522a-8257-1fa4fce1a59f', '03-treaty-bodies/check-01', 'tb-order-01', 1, 'LO-03.2', 'ar', '["list","report"]', 1.0, '2026-01-06T08:00:00.000001Z');
INSERT INTO fields VALUES ('51c0ce4e-10ef-5c1c-bf81-ede95d271864', '00-start/first-success', 'problem', '"Two wells are dry."', '2026-01-05T09:00:00.000001Z');
PRAGMA user_version = 1;
