"""A small report on an invented case, with everything in it that a report can hold."""

REPORT = """version: 1
id: sample
body: CRC
country: MAR
stage: session
language: en
title: School within reach, an alternative report to the Committee on the Rights of the Child, Morocco
session: an invented session
invented: true
authors:
  - {member: valley, name: Schools of the valley (invented), about: Eleven associations., agreed: 2026-05-01}
  - {member: silent, name: Never to be listed (invented)}
cover:
  contact: contact@example.org
  independence: No office of the State read a line of it.
  funding: Paid by the members.
  training: Three members attended a training of the ministry.
  publication: public
priorities: [Girls leave school where no bus goes., Children with disabilities stay at home.]
summary: Two concerns, and two acts that would mend them.
method: From March to June 2026 we visited 14 schools and heard 61 parents. All gave their consent.
sections:
  - id: bus
    heading: Education
    articles: ["28"]
    issues: ["12"]
    earlier:
      - {symbol: CRC/C/MAR/CO/3-4, paragraph: "61"}
    standard: Article 28 asks that school be within reach.
    claims:
      - {id: left, text: 412 girls of 14 schools left in 2025., evidence: [count, talk]}
      - {id: without, text: The road is closed in winter.}
      - {id: secret, text: One driver was threatened., evidence: [talk]}
    analysis: The distance decides.
    demands:
      - id: pay
        text: The State party should adopt by December 2028 a decree that pays school transport in the
          five mountain provinces (CRC, art. 28 (1) (b)).
        follow_up: true
    member: valley
    words: 500
  - id: home
    heading: Disability
    articles: ["23"]
    analysis: No teacher was trained.
    demands:
      - id: train
        text: The State party should train by December 2029 two teachers in each school (CRC, art. 23 (3)).
conclusion: Two acts would be enough.
evidence:
  - {id: count, source: Count of the network, date: 2026-06, method: own-count, consent: not-needed,
     place: THE-THIRD-DRAWER, note: PRIVATE-NOTE}
  - {id: talk, source: TOLD-WITHOUT-CONSENT, date: 2026-06-03, method: interview, consent: none}
"""


def write(folder, text=REPORT):
    """The report as a file; its path."""
    path = folder / "report.yml"
    path.write_text(text, encoding="utf-8")
    return path
