/**
 * What create requests ask of the herd: classic Swarm's expressions in their environment and
 * labels, ports, reservations, neighbours. Way in: {@link
 * io.dockherd.fleet.requests.CreateRequest}. Pure: a request in, a request for an engine and a
 * demand out.
 */
package io.dockherd.fleet.requests;
