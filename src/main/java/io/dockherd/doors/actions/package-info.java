/**
 * The actions door: one JSON action a request, over HTTP {@code POST /} and over the bus, and an
 * address for every container.
 */
package io.dockherd.doors.actions;
