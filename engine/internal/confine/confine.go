// Package confine takes from the process what rendering must not have: the network, other
// programs, and a log, in which libraries quote what they read.
package confine

import (
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

type refusing struct{}

func (refusing) RoundTrip(request *http.Request) (*http.Response, error) {
	address := request.URL.String()
	refused.Store(&address)
	return nil, ErrNetwork
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
