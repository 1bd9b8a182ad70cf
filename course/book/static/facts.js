// Pages of facts: days left, and a banner over values that nobody has looked at for long.
(function () {
  "use strict";
  const DAY = 86400000;
  const now = new Date();
  const today = Date.UTC(now.getFullYear(), now.getMonth(), now.getDate());
  const daysFrom = (day) => Math.round((Date.parse(day) - today) / DAY);

  for (const place of document.querySelectorAll("[data-day]")) {
    const left = daysFrom(place.dataset.day);
    place.textContent = left < 0 ? place.dataset.past : place.dataset.left.replace("{days}", left);
  }
  const banner = document.getElementById("stale-facts");
  if (!banner) return;
  const limit = Number(banner.dataset.days);
  const unseen = [...document.querySelectorAll("[data-checked]")].filter((each) => -daysFrom(each.dataset.checked) >= limit);
  if (!unseen.length) return;
  banner.textContent = banner.dataset.text.replace("{count}", unseen.length).replace("{days}", limit);
  banner.hidden = false;
})();
