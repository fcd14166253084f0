package org.emperor.lang.formats;

import java.io.StringReader;
import java.util.MissingResourceException;
import java.util.Set;
import javax.xml.stream.Location;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.emperor.lang.Document;
import org.emperor.lang.Format;

/**
 * Reads XML by the JDK's pull parser, without entities of its own: a root named as sections usually are is one, and its
 * elements are settings; of any other root the elements that hold elements are sections, named by {@code id} if they have
 * one. An empty element is 1.
 */
public final class XmlReader implements Format.Reader {
    private static final Set<String> USUAL = Set.of("vassal", "uwsgi", "emperor");

    @Override
    public Format format() {
        return Format.XML;
    }

    @Override
    public Document read(String file, String content) {
        Draft draft = new Draft(file, content);
        try {
            XMLStreamReader parser = factory().createXMLStreamReader(new StringReader(content));
            return new Elements(draft, parser, content).document();
        } catch (XMLStreamException flaw) {
            Location location = flaw.getLocation();
            int offset = location == null ? 0 : draft.offset(location.getLineNumber(), location.getColumnNumber());
            draft.problem(offset, "", "not XML", "correct what stands here or just before");
            return draft.document();
        }
    }

    private static XMLInputFactory factory() {
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty(XMLInputFactory.IS_COALESCING, true);
        return factory;
    }

    private static final class Elements {
        private final Draft draft;
        private final XMLStreamReader parser;
        private final String content;
        private String root = "";
        private int depth;
        private int skipped;
        private boolean isRootSection;
        private boolean isInSection;
        private String key = "";
        private final StringBuilder text = new StringBuilder();
        private int keyAt;
        private int textAt;
        private boolean isLeaf;

        Elements(Draft draft, XMLStreamReader parser, String content) {
            this.draft = draft;
            this.parser = parser;
            this.content = content;
        }

        /** An event's location is where it ends, so that it begins where the one before it ended. */
        Document document() throws XMLStreamException {
            int begins = 0;
            while (parser.hasNext() && !draft.isFull()) {
                int event = next();
                switch (event) {
                    case XMLStreamConstants.DTD -> {
                        draft.problem(begins, "", "a document type", "remove it");
                        return draft.document();
                    }
                    case XMLStreamConstants.START_ELEMENT -> start(begins);
                    case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA -> characters(begins);
                    case XMLStreamConstants.END_ELEMENT -> end();
                    case XMLStreamConstants.ENTITY_REFERENCE ->
                        draft.problem(begins, key, "an entity", "write the text it stands for");
                    default -> {}
                }
                Location location = parser.getLocation();
                begins = draft.offset(location.getLineNumber(), location.getColumnNumber());
            }
            return draft.document();
        }

        /** The JDK's parser has no words for some of what it finds in a document type, and throws that. */
        private int next() throws XMLStreamException {
            try {
                return parser.next();
            } catch (MissingResourceException wordless) {
                throw new XMLStreamException("not XML", parser.getLocation(), wordless);
            }
        }

        private void start(int begins) {
            if (skipped > 0) {
                skipped++;
                return;
            }
            depth++;
            String name = parser.getLocalName();
            if (depth == 1) {
                root = name;
                isRootSection = USUAL.contains(name);
                draft.section(named(name, begins), begins);
                return;
            }
            int level = isRootSection ? 2 : isInSection ? 3 : 2;
            if (depth == level + 1 && !isRootSection && !isInSection) {
                refuseText(textAt);
                draft.section(key, keyAt);
                isInSection = true;
            } else if (depth > level) {
                draft.problem(begins, key, "an element in an element", "write a text");
                isLeaf = false;
                depth--;
                skipped = 1;
                return;
            }
            key = depth == 2 ? named(name, begins) : name;
            keyAt = begins;
            text.setLength(0);
            textAt = begins;
            isLeaf = true;
        }

        /** An element's {@code id}, which is how one of several sections is asked for, else its name. */
        private String named(String name, int begins) {
            String named = name;
            for (int i = 0; i < parser.getAttributeCount(); i++) {
                if (parser.getAttributeLocalName(i).equals("id")) {
                    named = parser.getAttributeValue(i);
                } else {
                    draft.problem(begins, "", "an attribute other than id", "write an element");
                }
            }
            return named;
        }

        private void characters(int begins) {
            if (skipped > 0) {
                return;
            }
            textAt = text.length() == 0 ? begins : textAt;
            text.append(parser.getText());
            if (!isLeaf) {
                refuseText(begins);
            }
        }

        private void refuseText(int begins) {
            if (!text.toString().isBlank()) {
                draft.problem(begins, "", "a text beside elements", "write it into an element");
            }
            text.setLength(0);
        }

        private void end() {
            if (skipped > 0) {
                skipped--;
                return;
            }
            if (isLeaf) {
                String whole = text.toString();
                String value = whole.strip();
                int blanks = whole.length() - whole.stripLeading().length();
                boolean asWritten = content.startsWith(whole, textAt);
                draft.setting(key, value.isEmpty() ? "1" : value, asWritten ? textAt + blanks : textAt);
            }
            isLeaf = false;
            text.setLength(0);
            depth--;
            if (depth == 1 && isInSection) {
                isInSection = false;
                draft.section(root, keyAt);
            }
        }
    }
}
