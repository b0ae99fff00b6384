// A button that puts text, and for a mail its HTML, on the clipboard, and says whether it did.
// All that is shown comes by `data` and is set as text: titles are what others wrote.

function byEvent(data) {
  // Where the page is not served by https the clipboard is closed, but a copy event still works.
  return new Promise((resolve, reject) => {
    const put = (event) => {
      event.preventDefault()
      event.clipboardData.setData("text/plain", data.text)
      if (data.html) event.clipboardData.setData("text/html", data.html)
      resolve()
    }
    document.addEventListener("copy", put, { once: true })
    if (!document.execCommand("copy")) {
      document.removeEventListener("copy", put)
      reject(new Error("not allowed"))
    }
  })
}

async function copy(data) {
  if (!navigator.clipboard || (data.html && !window.ClipboardItem)) return byEvent(data)
  try {
    if (!data.html) return await navigator.clipboard.writeText(data.text)
    const kinds = { "text/plain": data.text, "text/html": data.html }
    const blobs = Object.entries(kinds).map(([kind, text]) => [kind, new Blob([text], { type: kind })])
    await navigator.clipboard.write([new ClipboardItem(Object.fromEntries(blobs))])
  } catch {
    await byEvent(data)
  }
}

function preview(table, rows) {
  const body = rows.map(([place, label, address]) => {
    const row = document.createElement("tr")
    const cells = [place, label].map((text) => {
      const cell = document.createElement("td")
      cell.textContent = text
      return cell
    })
    if (address) {
      const link = document.createElement("a")
      link.href = address
      link.rel = "noreferrer"
      link.target = "_blank"
      link.textContent = label
      cells[1].replaceChildren(link)
    }
    row.append(...cells)
    return row
  })
  table.querySelector("tbody").replaceChildren(...body)
  table.hidden = !rows.length
}

export default function (component) {
  const { data, parentElement } = component
  const button = parentElement.querySelector("button")
  const said = parentElement.querySelector("[role=status]")
  const text = `${data.label}\n${data.text}`
  button.textContent = data.label
  if (button.dataset.text !== text) said.textContent = ""
  button.dataset.text = text
  preview(parentElement.querySelector("table"), data.rows)
  button.onclick = async () => {
    said.textContent = ""
    try {
      await copy(data)
      said.textContent = data.done
    } catch {
      said.textContent = data.failed
    }
  }
}
