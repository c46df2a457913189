// Sends the requests of a plan, each when it is due, whether those before it were answered or not, and writes what came back as
// one line of JSON each. What is sent and what must hold is decided in tools/load: this program judges nothing.
package main

import (
	"encoding/json"
	"log"
	"math"
	"net/http"
	"os"
	"os/signal"
	"sync"
	"syscall"
	"time"

	vegeta "github.com/tsenart/vegeta/v12/lib"
)

type plan struct {
	TimeoutSeconds float64 `json:"timeoutSeconds"`
	// So far behind, a target gets no further request: what follows would not be the load of the plan.
	BehindSeconds float64  `json:"behindSeconds"`
	Targets       []target `json:"targets"`
}

type target struct {
	Name    string            `json:"name"`
	Method  string            `json:"method"`
	URL     string            `json:"url"`
	Headers map[string]string `json:"headers"`
	Stages  []stage           `json:"stages"`
}

// The rate goes from one to the other in a straight line.
type stage struct {
	Seconds       float64 `json:"seconds"`
	FromPerSecond float64 `json:"fromPerSecond"`
	ToPerSecond   float64 `json:"toPerSecond"`
}

type answer struct {
	Target       string  `json:"target"`
	Status       uint16  `json:"status"`
	Milliseconds float64 `json:"milliseconds"`
	Error        string  `json:"error,omitempty"`
}

type ending struct {
	Target string `json:"target"`
	Unsent int    `json:"unsent"`
}

func main() {
	log.SetFlags(0)
	var p plan
	if err := json.NewDecoder(os.Stdin).Decode(&p); err != nil {
		log.Fatalf("plan: %v", err)
	}
	stop := make(chan struct{})
	go stopOnSignal(stop)
	lines := make(chan any)
	var senders sync.WaitGroup
	for _, t := range p.Targets {
		senders.Go(func() { send(p, t, stop, lines) })
	}
	go func() { senders.Wait(); close(lines) }()
	out := json.NewEncoder(os.Stdout)
	for line := range lines {
		if err := out.Encode(line); err != nil {
			log.Fatal(err)
		}
	}
}

// After the first signal nothing is sent, and answers are waited for; the second waits for nothing.
func stopOnSignal(stop chan<- struct{}) {
	signals := make(chan os.Signal, 2)
	signal.Notify(signals, os.Interrupt, syscall.SIGTERM)
	<-signals
	close(stop)
	<-signals
	os.Exit(1)
}

func newAttacker(p plan, t target) *vegeta.Attacker {
	peak := 0.0
	for _, s := range t.Stages {
		peak = math.Max(peak, math.Max(s.FromPerSecond, s.ToPerSecond))
	}
	return vegeta.NewAttacker(
		// As many as wait for a timeout at the peak.
		vegeta.MaxWorkers(uint64(math.Ceil(peak*p.TimeoutSeconds))+1),
		vegeta.Timeout(seconds(p.TimeoutSeconds)),
		// A sign-in page or an error page behind a redirect would pass for the page that was asked for.
		vegeta.Redirects(vegeta.NoFollow),
		// Bodies are read to their end and kept by nobody.
		vegeta.MaxBody(0),
		vegeta.HTTP2(true),
		// Load balancers change their addresses while a run lasts.
		vegeta.DNSCaching(time.Minute),
	)
}

func send(p plan, t target, stop <-chan struct{}, lines chan<- any) {
	header := http.Header{}
	for name, value := range t.Headers {
		header.Set(name, value)
	}
	schedule := newSchedule(t.Stages, seconds(p.BehindSeconds), stop)
	targeter := vegeta.NewStaticTargeter(vegeta.Target{Method: t.Method, URL: t.URL, Header: header})
	for r := range newAttacker(p, t).Attack(targeter, schedule, 0, "") {
		lines <- answer{t.Name, r.Code, float64(r.Latency) / float64(time.Millisecond), r.Error}
	}
	lines <- ending{t.Name, schedule.unsent}
}

// Says when each request of a target is due.
type schedule struct {
	stages []stage
	total  uint64
	behind time.Duration
	stop   <-chan struct{}
	unsent int
}

func newSchedule(stages []stage, behind time.Duration, stop <-chan struct{}) *schedule {
	all := 0.0
	for _, s := range stages {
		all += s.requests()
	}
	// Without the noise of binary fractions, which would cost the last request.
	return &schedule{stages: stages, total: uint64(all + 1e-6), behind: behind, stop: stop}
}

// Pace is asked before each request how long to wait for it. It waits itself, since vegeta would not hear that it has to stop.
func (s *schedule) Pace(elapsed time.Duration, sent uint64) (time.Duration, bool) {
	if sent >= s.total {
		return 0, true
	}
	wait := s.due(float64(sent+1)) - elapsed
	if -wait > s.behind {
		s.unsent = int(s.total - sent)
		return 0, true
	}
	select {
	case <-s.stop:
		return 0, true
	case <-time.After(wait):
		return 0, false
	}
}

// Rate is asked by nobody here.
func (s *schedule) Rate(time.Duration) float64 { return 0 }

// The time at which so many requests have been sent in all.
func (s *schedule) due(requests float64) time.Duration {
	before := 0.0
	for _, stage := range s.stages {
		if n := stage.requests(); requests > n {
			requests -= n
			before += stage.Seconds
			continue
		}
		// The positive root of requests = from·t + slope·t²/2, in the form that divides by no slope, which may be none.
		slope := (stage.ToPerSecond - stage.FromPerSecond) / stage.Seconds
		root := math.Sqrt(math.Max(0, stage.FromPerSecond*stage.FromPerSecond+2*slope*requests))
		return seconds(before + 2*requests/(stage.FromPerSecond+root))
	}
	return seconds(before)
}

func (s stage) requests() float64 { return s.Seconds * (s.FromPerSecond + s.ToPerSecond) / 2 }

func seconds(n float64) time.Duration { return time.Duration(n * float64(time.Second)) }

var _ vegeta.Pacer = (*schedule)(nil)
