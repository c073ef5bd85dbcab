package main

import "strings"

// property of an interface in a .d.ts file.
type property struct {
	kind     string // its TypeScript type as written
	required bool
	replaces bool // its documentation says that a change makes a new resource
}

// shape is an interface: its properties by name.
type shape struct{ properties map[string]property }

// interfaces finds every interface of a declaration file and returns its body by dotted name ("core.v1.PodSpec").
// Generated files are regular: a namespace or an interface opens at the end of a line and closes on a line of its own.
func interfaces(text string) map[string]string {
	found := map[string]string{}
	var spaces, indents []string
	for at := 0; at < len(text); {
		end := strings.IndexByte(text[at:], '\n')
		if end < 0 {
			end = len(text) - at
		}
		line := strings.TrimRight(text[at:at+end], "\r")
		next := at + end + 1
		word := strings.TrimLeft(line, " ")
		indent := line[:len(line)-len(word)]
		declaration := strings.TrimPrefix(strings.TrimPrefix(word, "export "), "declare ")
		switch {
		case strings.HasPrefix(declaration, "namespace ") && strings.HasSuffix(line, "{"):
			spaces = append(spaces, strings.Fields(declaration)[1])
			indents = append(indents, indent)
		case strings.HasPrefix(declaration, "interface ") && strings.HasSuffix(line, "{"):
			name := strings.Join(append(append([]string{}, spaces...), strings.Fields(declaration)[1]), ".")
			stop := strings.Index(text[next-1:], "\n"+indent+"}")
			if stop < 0 {
				return found
			}
			found[name] = text[next-1 : next-1+stop+1]
			next = next - 1 + stop + 1
		case word == "}" && len(indents) > 0 && indents[len(indents)-1] == indent:
			spaces, indents = spaces[:len(spaces)-1], indents[:len(indents)-1]
		}
		at = next
	}
	return found
}

var replacementWords = []string{"forces new resource", "forces a new resource", "forces replacement", "creates a new resource", "force a new resource"}

// parseShape reads the members of an interface body.
func parseShape(body string) *shape {
	parsed := &shape{properties: map[string]property{}}
	comment := ""
	for len(body) > 0 {
		body = strings.TrimLeft(body, " \n\r\t")
		if strings.HasPrefix(body, "/*") {
			end := strings.Index(body, "*/")
			if end < 0 {
				break
			}
			comment, body = strings.ToLower(body[:end]), body[end+2:]
			continue
		}
		end := topLevel(body, ';')
		if end < 0 {
			break
		}
		member := body[:end]
		body = body[end+1:]
		colon := topLevel(member, ':')
		if colon < 0 {
			continue
		}
		name := strings.TrimSpace(strings.TrimPrefix(strings.TrimSpace(member[:colon]), "readonly "))
		optional := strings.HasSuffix(name, "?")
		name = strings.Trim(strings.TrimSuffix(name, "?"), `"'`)
		replaces := false
		for _, words := range replacementWords {
			replaces = replaces || strings.Contains(comment, words)
		}
		parsed.properties[name] = property{kind: strings.TrimSpace(member[colon+1:]), required: !optional, replaces: replaces}
		comment = ""
	}
	return parsed
}

// topLevel finds a byte outside of all brackets and quotes; -1 if there is none.
func topLevel(text string, wanted byte) int {
	depth := 0
	var quote byte
	for i := 0; i < len(text); i++ {
		c := text[i]
		switch {
		case quote != 0:
			if c == quote {
				quote = 0
			}
		case c == wanted && depth == 0:
			return i
		case c == '"' || c == '\'':
			quote = c
		case c == '<' || c == '{' || c == '[' || c == '(':
			depth++
		case c == '>' && i > 0 && text[i-1] == '=': // arrow of a function type
		case c == '>' || c == '}' || c == ']' || c == ')':
			depth--
		case c == '/' && i+1 < len(text) && text[i+1] == '*': // comment inside an object literal
			if end := strings.Index(text[i:], "*/"); end > 0 {
				i += end + 1
			}
		}
	}
	return -1
}
