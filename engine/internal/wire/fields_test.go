package wire

import (
	"encoding/json"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"
)

type embedded struct {
	Name string `json:"name"`
}

type message struct {
	embedded
	Optional *int              `json:"optional,omitempty"`
	Null     *string           `json:"null"`
	Any      json.RawMessage   `json:"any"`
	Bytes    []byte            `json:"bytes"`
	Lists    [][]bool          `json:"lists"`
	Map      map[string]string `json:"map"`
	Own      own               `json:"own"`
	Hidden   string            `json:"-"`
	Below    []message         `json:"below"`
	Shape    shape             `json:"shape"`
	Foreign  foreign           `json:"foreign"`
}

type own string

func (o *own) UnmarshalJSON([]byte) error { return nil }

type shape struct{}

func (s *shape) Variants() [][]any { return [][]any{{embedded{}, circle{}}, {embedded{}}} }

type circle struct {
	Radius float64 `json:"radius"`
}

type foreign struct{}

func (f *foreign) Variants() [][]any { return nil }

func TestFields(t *testing.T) {
	want := []string{
		"any: unknown", "below[]: object", "bytes: string", "foreign: unknown", "lists[][]: boolean", "map{}: string", "name: string",
		"null: string | null", "optional?: number", "own: unknown", "shape.name: string", "shape.radius?: number", "shape: object",
	}
	if got := Fields(reflect.TypeFor[message]()); !slices.Equal(got, want) {
		t.Errorf("got  %q\nwant %q", got, want)
	}
}

type outer struct {
	embedded
	inner string
	Below []untagged `json:"below"`
}

type untagged struct{ Forgotten int }

func TestFieldWithoutTag(t *testing.T) {
	defer func() {
		if said := recover(); said == nil || !strings.HasSuffix(fmt.Sprint(said), ".Forgotten") {
			t.Errorf("got %v", said)
		}
	}()
	Fields(reflect.TypeFor[outer]())
}
