// Package confine takes from the process what rendering must not have: the network, other
// programs, and a log, in which libraries quote what they read.
package confine

import (
	"bytes"
	"context"
	"errors"
	"io"
	"log"
	"net"
	"net/http"
	"os"
	"sync/atomic"
)

// ErrNetwork is what every request gets.
var ErrNetwork = errors.New("the render engine has no network")

// refused is the address of the newest request that was refused.
var refused atomic.Pointer[string]

// Known gives the content of an address that was fetched before, or nil and false where
// there is a page and no file. An address that was not fetched gives an error.
type Known func(address string) (content []byte, isFile bool, err error)

// known answers requests; nil: nothing is known.
var known atomic.Pointer[Known]

// Answer lets requests be answered by what is known, until the result is called.
func Answer(by Known) (end func()) {
	known.Store(&by)
	return func() { known.Store(nil) }
}

type refusing struct{}

func (refusing) RoundTrip(request *http.Request) (*http.Response, error) {
	address := request.URL.String()
	if by := known.Load(); by != nil {
		if content, isFile, err := (*by)(address); err == nil {
			return answer(request, content, isFile), nil
		}
	}
	refused.Store(&address)
	return nil, ErrNetwork
}

func answer(request *http.Request, content []byte, isFile bool) *http.Response {
	status := http.StatusOK
	if !isFile {
		status = http.StatusNotFound
	}
	return &http.Response{
		StatusCode: status, Proto: "HTTP/1.1", ProtoMajor: 1, ProtoMinor: 1, Header: http.Header{},
		Body: io.NopCloser(bytes.NewReader(content)), ContentLength: int64(len(content)), Request: request,
	}
}

// Process makes HTTP refuse, name look-ups fail and programs unfindable, and drops logs, for good.
func Process() {
	log.SetOutput(io.Discard)
	http.DefaultTransport = refusing{}
	http.DefaultClient = &http.Client{Transport: refusing{}}
	net.DefaultResolver = &net.Resolver{
		PreferGo: true,
		Dial:     func(context.Context, string, string) (net.Conn, error) { return nil, ErrNetwork },
	}
	os.Clearenv()
}

// TakeRefused gives the address that was refused since the last call, or empty.
func TakeRefused() string {
	if address := refused.Swap(nil); address != nil {
		return *address
	}
	return ""
}
