/* The file of appointments (RFC 5545), with the same events as planner/appointments.py */

const escaped = (text) => text.replace(/[\\;,]/g, "\\$&").replace(/\n/g, "\\n");

/** Lines of 18 characters: none is longer than 75 bytes in any script. */
const folded = (lines) => lines.map((line) => line.match(/.{1,18}/gu).join("\r\n ")).join("\r\n");

function makeCalendar(data, plan) {
  const { calendar } = data;
  const say = teller(data.texts);
  const compact = (day) => isoOf(day).replaceAll("-", "");
  const body = data.bodies[plan.body].name;
  const lines = [];
  const event = (name, summary, description, times) => {
    const uid = `${plan.body}-${plan.stage}-${compact(plan.session)}-${name}@shadow-report-course`.toLowerCase();
    lines.push("BEGIN:VEVENT", `UID:${uid}`, `DTSTAMP:${compact(plan.today)}T000000Z`, "CLASS:PRIVATE", ...times);
    lines.push(`SUMMARY:${escaped(summary)}`, `DESCRIPTION:${escaped(description)}`);
    for (const trigger of calendar.alarms[name]) {
      lines.push("BEGIN:VALARM", "ACTION:DISPLAY", `DESCRIPTION:${escaped(summary)}`, `TRIGGER:${trigger}`, "END:VALARM");
    }
    lines.push("END:VEVENT");
  };
  const wholeDay = (day) => [`DTSTART;VALUE=DATE:${compact(day)}`, `DTEND;VALUE=DATE:${compact(day + 1)}`, "TRANSP:TRANSPARENT"];
  for (const step of plan.steps) event(step.id, step.name, [step.reason, ...step.remarks].join("\n"), wholeDay(step.day));
  // The last half hour of the day and hour that Geneva's clock shows.
  const end = plan.lastDay * MS + Date.parse(`1970-01-01T${plan.hour}Z`);
  const clock = (at) => `;TZID=${calendar.zone_name}:${new Date(at).toISOString().slice(0, 19).replace(/[-:]/g, "")}`;
  event("deadline", say("last-day-summary", { body }), `${plan.bases[0].value}\n${plan.bases[0].source}`, [
    `DTSTART${clock(end - 1800000)}`,
    `DTEND${clock(end)}`,
  ]);
  if (plan.session >= plan.today) event("opening", say("opens", { body }), plan.title, wholeDay(plan.session));
  const head = ["BEGIN:VCALENDAR", ...calendar.head, `X-WR-CALNAME:${plan.title}`];
  return `${folded(head)}\r\n${calendar.zone}${folded([...lines, "END:VCALENDAR"])}\r\n`;
}
