/**
 * etcd's key API, version 2, as values: keys, nodes, events, errors and what a request may say of
 * them; pure. What is at the keys is another package's matter. Source: etcd 3.4's
 * Documentation/v2/api.md, and a real etcd's answers, which a test holds these against.
 */
package io.dockherd.doors.manifests.keys;
