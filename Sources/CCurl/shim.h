#pragma once
// The option setters below take the option as a variable, which curl's compile-time type check cannot follow.
#define CURL_DISABLE_TYPECHECK
#include <curl/curl.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>

// Swift cannot call variadic C functions. Each wrapper fixes the one argument type that its options take.

// Options whose value is a number or a flag.
static inline CURLcode collector_easy_set_number(CURL *easy, CURLoption option, long value) {
    return curl_easy_setopt(easy, option, value);
}

// Options whose value is a size of 64 bits.
static inline CURLcode collector_easy_set_size(CURL *easy, CURLoption option, curl_off_t value) {
    return curl_easy_setopt(easy, option, value);
}

// Options whose value is a text or a buffer; `NULL` sets the default again.
static inline CURLcode collector_easy_set_pointer(CURL *easy, CURLoption option, const void *value) {
    return curl_easy_setopt(easy, option, value);
}

// The two options whose value is a callback of this type, each with what it is called with.
static inline CURLcode collector_easy_set_write_callback(CURL *easy, curl_write_callback callback, void *context) {
    CURLcode result = curl_easy_setopt(easy, CURLOPT_WRITEFUNCTION, callback);
    return result ? result : curl_easy_setopt(easy, CURLOPT_WRITEDATA, context);
}

static inline CURLcode collector_easy_set_header_callback(CURL *easy, curl_write_callback callback, void *context) {
    CURLcode result = curl_easy_setopt(easy, CURLOPT_HEADERFUNCTION, callback);
    return result ? result : curl_easy_setopt(easy, CURLOPT_HEADERDATA, context);
}

// Facts that are numbers; 0 when curl does not know.
static inline long collector_easy_number(CURL *easy, CURLINFO info) {
    long value = 0;
    return curl_easy_getinfo(easy, info, &value) ? 0 : value;
}

// Facts that are sizes of 64 bits; 0 when curl does not know.
static inline curl_off_t collector_easy_size(CURL *easy, CURLINFO info) {
    curl_off_t value = 0;
    return curl_easy_getinfo(easy, info, &value) ? 0 : value;
}

// What CURLOPT_PRIVATE was set to.
static inline void *collector_easy_private(CURL *easy) {
    char *value = NULL;
    return curl_easy_getinfo(easy, CURLINFO_PRIVATE, &value) ? NULL : value;
}

// Options of the multi handle whose value is a number.
static inline CURLMcode collector_multi_set_number(CURLM *multi, CURLMoption option, long value) {
    return curl_multi_setopt(multi, option, value);
}

static inline CURLMcode collector_multi_set_socket_callback(CURLM *multi, curl_socket_callback callback, void *context) {
    CURLMcode result = curl_multi_setopt(multi, CURLMOPT_SOCKETDATA, context);
    return result == CURLM_OK ? curl_multi_setopt(multi, CURLMOPT_SOCKETFUNCTION, callback) : result;
}

static inline CURLMcode collector_multi_set_timer_callback(
    CURLM *multi, curl_multi_timer_callback callback, void *context) {
    CURLMcode result = curl_multi_setopt(multi, CURLMOPT_TIMERDATA, context);
    return result == CURLM_OK ? curl_multi_setopt(multi, CURLMOPT_TIMERFUNCTION, callback) : result;
}

// An event descriptor that wakes who watches it; Swift does not reliably see the flags, which are macros and constants.
static inline int collector_new_event(void) { return eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK); }

// `CURLMsg` keeps the result in a union that is only valid for CURLMSG_DONE.
static inline CURLcode collector_message_result(const CURLMsg *message) { return message->data.result; }
