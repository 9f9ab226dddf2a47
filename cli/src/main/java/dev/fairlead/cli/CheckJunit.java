package dev.fairlead.cli;

import dev.fairlead.planner.Finding;
import dev.fairlead.planner.Severity;
import dev.fairlead.planner.check.Change;
import dev.fairlead.planner.check.CheckFinding;
import java.io.StringWriter;
import java.util.List;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/**
 * Writes the findings of a check as JUnit XML, as CI servers show tests: a finding is a test case, one of severity error a
 * failed one. A check that found nothing is one test case that passed.
 */
final class CheckJunit {
    private final XMLStreamWriter xml;

    private CheckJunit(XMLStreamWriter xml) {
        this.xml = xml;
    }

    static String text(List<CheckFinding> findings) {
        StringWriter text = new StringWriter();
        try {
            XMLStreamWriter xml = XMLOutputFactory.newFactory().createXMLStreamWriter(text);
            new CheckJunit(xml).write(findings);
            xml.close();
            return text.append('\n').toString();
        } catch (XMLStreamException failed) {
            throw new IllegalStateException("a text in memory can be written", failed);
        }
    }

    private void write(List<CheckFinding> findings) throws XMLStreamException {
        long failures = findings.stream().filter(CheckFinding::isError).count();
        String tests = String.valueOf(Math.max(1, findings.size()));
        xml.writeStartDocument("UTF-8", "1.0");
        xml.writeCharacters("\n");
        xml.writeStartElement("testsuites");
        start("  ", "testsuite");
        xml.writeAttribute("name", "fairlead check");
        xml.writeAttribute("tests", tests);
        xml.writeAttribute("failures", String.valueOf(failures));
        xml.writeAttribute("errors", "0");
        xml.writeAttribute("skipped", "0");
        if (findings.isEmpty()) {
            start("    ", "testcase");
            xml.writeAttribute("classname", "fairlead");
            xml.writeAttribute("name", "nothing found");
            xml.writeEndElement();
        }
        for (CheckFinding each :
                findings.stream().sorted(CheckFinding.WORST_FIRST).toList()) {
            testCase(each);
        }
        end("  ");
        end("");
        xml.writeEndDocument();
    }

    private void testCase(CheckFinding each) throws XMLStreamException {
        Finding finding = each.finding();
        start("    ", "testcase");
        xml.writeAttribute("classname", "fairlead." + finding.rule().id());
        xml.writeAttribute("name", clean(finding.place() + " " + finding.message()));
        xml.writeAttribute("file", clean(finding.place().file()));
        xml.writeAttribute("line", String.valueOf(finding.place().line()));
        start("      ", finding.severity() == Severity.ERROR ? "failure" : "system-out");
        if (finding.severity() == Severity.ERROR) {
            xml.writeAttribute("type", finding.rule().id());
            xml.writeAttribute("message", clean(finding.message()));
        }
        xml.writeCharacters(clean(details(each)));
        xml.writeEndElement();
        end("    ");
    }

    private static String details(CheckFinding each) {
        StringBuilder text = new StringBuilder(
                each.finding().severity().word() + ": " + each.finding().line());
        Change change = each.change();
        if (change != null) {
            text.append("\nchange: ").append(change.text());
            text.append("\nreaders: ").append(String.join(", ", change.readers()));
            text.append("\nwitness: ").append(change.witness() == null ? "none" : change.witness());
        }
        return text.toString();
    }

    private void start(String indent, String element) throws XMLStreamException {
        xml.writeCharacters("\n" + indent);
        xml.writeStartElement(element);
    }

    private void end(String indent) throws XMLStreamException {
        xml.writeCharacters("\n" + indent);
        xml.writeEndElement();
    }

    /** Without the characters that XML cannot carry. */
    private static String clean(String text) {
        return text.codePoints()
                .map(each -> isXml(each) ? each : '?')
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    private static boolean isXml(int character) {
        return character == '\t'
                || character == '\n'
                || character == '\r'
                || (character >= ' ' && character <= 0xD7FF)
                || (character >= 0xE000 && character <= 0xFFFD)
                || character >= 0x10000;
    }
}
