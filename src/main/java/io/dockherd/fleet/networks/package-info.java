/**
 * The networks of the herd: which of the engines' networks are one and the same for its users, and
 * their making on the nodes that need them. The way in is {@link
 * io.dockherd.fleet.networks.NetworkBook}; it knows engines and facts.
 */
package io.dockherd.fleet.networks;
