// Shows only what holds every word that is typed; opens what a link leads to.
(function () {
  var box = document.getElementById("search"), count = document.getElementById("count");
  var items = Array.prototype.map.call(document.querySelectorAll(".item"), function (e) {
    return { e: e, text: e.textContent.toLowerCase().replace(/_/g, " ") };
  });
  function look() {
    var words = box.value.toLowerCase().replace(/_/g, " ").split(/\s+/).filter(Boolean), shown = 0;
    items.forEach(function (i) {
      var fits = words.every(function (w) { return i.text.indexOf(w) >= 0; });
      i.e.hidden = !fits;
      if (fits) { shown++; }
    });
    Array.prototype.forEach.call(document.querySelectorAll("details.group"), function (d) { d.open = words.length > 0; });
    count.textContent = words.length ? shown + " of " + items.length + " entries" : "";
    Array.prototype.forEach.call(document.querySelectorAll("section[data-found]"), function (s) {
      s.hidden = words.length > 0 && !s.querySelector(".item:not([hidden])");
    });
  }
  function open() {
    var target = location.hash && document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (!target) { return; }
    if (target.hidden) { box.value = ""; look(); }
    for (var e = target; e; e = e.parentElement) { if (e.tagName === "DETAILS") { e.open = true; } }
    target.scrollIntoView();
  }
  box.addEventListener("input", look);
  window.addEventListener("hashchange", open);
  open();
})();
