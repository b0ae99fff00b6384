// A list for other programs: no cell is a formula, however it begins.
function harmless(value) {
  const text = String(value).replace(/\r\n?/g, "\n");
  const seen = text.replace(/^[\p{Z}\p{C}\p{M}\u115f\u1160\u2800\u3164\uffa0]+/u, "");
  const first = [...seen][0]?.normalize("NFKC") ?? "";
  return "=+-@".includes(first[0] ?? " ") || /^[\t\n]/.test(text) ? `'${text}` : text;
}

function tableOf(page, rows) {
  const { scene, says, addresses } = page;
  const head = [says.title, says.readers, ...(addresses.length ? [says.address] : [])];
  const lines = rows.map((row) => [
    harmless(scene.title(row)),
    String(scene.readers[row]),
    ...(addresses.length ? [harmless(addresses[row])] : []),
  ]);
  return [head, ...lines];
}

function saveRows(page, rows) {
  const quoted = (cell) => (/[",\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell);
  const text = tableOf(page, rows).map((line) => line.map(quoted).join()).join("\n");
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([`\ufeff${text}\n`], { type: "text/csv" }));
  link.download = "articles.csv";
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60000);
  return "";
}

function byCopyEvent(kinds) {
  return new Promise((resolve, reject) => {
    const put = (event) => {
      event.preventDefault();
      for (const [kind, text] of Object.entries(kinds)) event.clipboardData.setData(kind, text);
      resolve();
    };
    document.addEventListener("copy", put, { once: true });
    if (!document.execCommand("copy")) {
      document.removeEventListener("copy", put);
      reject(new Error("not allowed"));
    }
  });
}

async function copyRows(page, rows) {
  const lines = tableOf(page, rows);
  const table = element("table");
  for (const line of lines) {
    const row = element("tr");
    row.append(...line.map((cell) => element("td", "", cell)));
    table.append(row);
  }
  const flat = (cell) => cell.replace(/[\t\n]/g, " ");
  const kinds = {
    "text/plain": lines.map((line) => line.map(flat).join("\t")).join("\n"),
    "text/html": table.outerHTML,
  };
  try {
    const blobs = Object.entries(kinds).map(([kind, text]) => [kind, new Blob([text], { type: kind })]);
    await navigator.clipboard.write([new ClipboardItem(Object.fromEntries(blobs))]);
  } catch {
    try {
      await byCopyEvent(kinds);
    } catch {
      return page.says.not_copied;
    }
  }
  return worded(page.says, "copied", { count: counted(rows.length) });
}
