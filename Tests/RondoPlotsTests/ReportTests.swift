import Testing

@testable import RondoPlots

struct ReportTests {
  private func page(_ report: Report) throws -> Markup {
    try Markup.read(String(report.html.dropFirst("<!DOCTYPE html>\n".count)))
  }

  @Test("The page needs no network and no script, and says so to the browser")
  func policy() throws {
    let page = try page(Samples.report)
    let policy = page.all("meta").first { $0.attributes["http-equiv"] == "Content-Security-Policy" }
    #expect(policy?.attributes["content"]?.hasPrefix("default-src 'none'") == true)
    #expect(page.all.allSatisfy { !["script", "link", "img", "iframe"].contains($0.name) })
    #expect(page.all.allSatisfy { $0.attributes["src"] == nil && $0.attributes["href"] == nil })
    let style = page.all("style").map(\.text).joined()
    #expect(!style.contains("url(") && !style.contains("@import"))
    #expect(style.contains("prefers-color-scheme: dark") && style.contains("@media print"))
  }

  @Test("Parts stand in their order, with pictures, captions and numbers")
  func parts() throws {
    let main = try #require(try page(Samples.report).all("main").first)
    #expect(main.all("h1").map(\.text) == ["Number words"])
    #expect(main.all("h2").map(\.text) == ["Training & attention"])
    #expect(main.all("svg").map { $0.children[0].text }.first == "Loss")
    #expect(main.all("svg").count == 3)
    #expect(main.all("details").count == 3)
    #expect(main.all("figcaption").map(\.text) == ["Loss per token.", "Side by side.", "Examples"])
    #expect(main.all(ofClass: "value").map(\.text) == ["99.4 %", "58 s"])
    #expect(
      main.all("pre").map(\.text) == ["rondo train number-words\nrondo predict runs/number-words-1"]
    )
    let names = main.children.map(\.name)
    #expect(names == ["header", "div", "h2", "p", "figure", "figure", "div", "figure", "pre"])
  }

  @Test("The numbers below a picture are those that were drawn")
  func numbers() throws {
    let details = try #require(try page(Samples.report).all("details").first)
    let rows = details.all("tbody")[0].children.map { $0.children.map(\.text) }
    #expect(rows.count == 8)
    #expect(rows[2] == ["2", "3.1", "3.3"])
    #expect(details.all("th").map(\.text) == ["Epoch", "training", "validation"])
    #expect(details.all("td").allSatisfy { $0.attributes["class"] == "number" })
  }

  @Test("A table of thousands of rows is cut, and the page says how many are missing")
  func longTables() throws {
    let table = DataTable(columns: ["n"], rows: (0..<1234).map { ["\($0)"] })
    let page = try page(Report("", parts: [.table(table, caption: "")]))
    #expect(page.all("td").count == 500)
    #expect(page.all(ofClass: "note").map(\.text) == ["and 734 more rows"])
  }
}
