package homeprobe

import (
	"context"
	"errors"
	"io"
	"net"
	"net/netip"
	"os"
	"sync"
	"syscall"
	"time"

	"github.com/lambda-execution-engine/lee/domain/checkup"
	"github.com/lambda-execution-engine/lee/domain/fault"
)

// mostAddresses is how many of a name's addresses are tried.
const mostAddresses = 8

// name looks the name up.
func (v *visit) name(ctx context.Context) bool {
	ctx, cancel := context.WithTimeout(ctx, nameTime)
	defer cancel()
	if ip, err := netip.ParseAddr(v.way.Host); err == nil {
		v.way.Addresses = []checkup.Address{seen(ip)}
		return true
	}
	started := time.Now()
	found, err := v.config.Resolver(ctx, v.way.Host)
	v.way.NameTook = time.Since(started)
	known := map[netip.Addr]bool{}
	for _, ip := range found {
		if ip = ip.Unmap(); !known[ip] && len(known) < mostAddresses {
			known[ip] = true
			v.way.Addresses = append(v.way.Addresses, seen(ip))
		}
	}
	var dns *net.DNSError
	switch {
	case err == nil && len(found) == 0:
		v.way.Name = checkup.NoAddress
	case err == nil:
	case errors.As(err, &dns) && dns.IsNotFound:
		v.way.Name = checkup.NoSuchName
	default:
		v.way.Name = checkup.NoResolver
	}
	return v.way.Name == checkup.None
}

// shared are the addresses that providers share out among their customers (RFC
// 6598), and that Tailscale uses: nobody else gets there.
var shared = netip.MustParsePrefix("100.64.0.0/10")

// seen returns an address as the check-up knows it.
func seen(ip netip.Addr) checkup.Address {
	a := checkup.Address{Text: ip.String(), V6: ip.Is6()}
	switch {
	case ip.IsLoopback(), ip.IsUnspecified():
		a.Reach = checkup.Loopback
	case ip.IsPrivate(), ip.IsLinkLocalUnicast(), shared.Contains(ip):
		a.Reach = checkup.Private
	}
	return a
}

// connect tries all addresses at once. The first one by their order that takes a
// connection is chosen, IPv4 before IPv6: that is what Lambda speaks.
func (v *visit) connect(ctx context.Context) bool {
	ctx, cancel := context.WithTimeout(ctx, connectTime)
	defer cancel()
	conns := make([]net.Conn, len(v.way.Addresses))
	var all sync.WaitGroup
	for i := range v.way.Addresses {
		all.Go(func() {
			a := &v.way.Addresses[i]
			started := time.Now()
			err := fault.Guard(func() (err error) {
				conns[i], err = v.config.Dialer(ctx, net.JoinHostPort(a.Text, v.way.Port))
				return err
			})
			if a.Took = time.Since(started); err != nil {
				a.Trouble, conns[i] = trouble(err), nil
			}
		})
	}
	all.Wait()
	for _, v6 := range []bool{false, true} {
		for i, conn := range conns {
			if conn != nil && v.conn == nil && v.way.Addresses[i].V6 == v6 {
				v.conn, v.way.Chosen = conn, i
			}
		}
	}
	for i, conn := range conns {
		if conn != nil && i != v.way.Chosen {
			_ = conn.Close()
		}
	}
	return v.conn != nil
}

// trouble says why there is no connection, or why it ended.
func trouble(err error) checkup.Trouble {
	switch {
	case errors.Is(err, context.DeadlineExceeded), errors.Is(err, os.ErrDeadlineExceeded), errors.Is(err, syscall.ETIMEDOUT):
		return checkup.TimedOut
	case errors.Is(err, syscall.ECONNREFUSED):
		return checkup.Refused
	case errors.Is(err, syscall.ENETUNREACH), errors.Is(err, syscall.EHOSTUNREACH), errors.Is(err, syscall.EADDRNOTAVAIL), errors.Is(err, syscall.EAFNOSUPPORT):
		return checkup.NoRoute
	case errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF), errors.Is(err, syscall.ECONNRESET), errors.Is(err, syscall.EPIPE):
		return checkup.Cut
	}
	var timeout net.Error
	if errors.As(err, &timeout) && timeout.Timeout() {
		return checkup.TimedOut
	}
	return checkup.Cut
}
