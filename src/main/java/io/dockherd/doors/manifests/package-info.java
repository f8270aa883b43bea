/**
 * The manifests door: Dokkaa's way of saying what is to run, in etcd's key API ({@code PUT
 * /v2/keys/apps/dummy/nginx/manifest}) and over its HTTP API ({@code POST /apps}). The way in is
 * {@link io.dockherd.doors.manifests.ManifestsDoor}; docs/manifests.md says what it promises.
 */
package io.dockherd.doors.manifests;
