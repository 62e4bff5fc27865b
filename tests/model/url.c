// Brevier — tests of the link policy.
// SPDX-License-Identifier: MIT
#include "harness.h"
#include "model/link.h"

static void test_allowed(void **state)
{
    (void)state;
    static const char *const allowed[] = { "http://a.example",
                                           "HTTPS://a.example/?q=1#x",
                                           "mailto:a@b.example",
                                           "tel:+4930123",
                                           "#key-details",
                                           "http://例え.example/",
                                           "https://u:p@a.example:8080?q",
                                           "http://[2001:db8::1]:80/" };
    static const char *const refused[] = { "",
                                           "#",
                                           "http:",
                                           "javascript:alert(1)",
                                           "java\tscript:alert(1)",
                                           "java\nscript:alert(1)",
                                           " javascript:alert(1)",
                                           "ht\ntp://a.example",
                                           "file:///etc/passwd",
                                           "data:text/html,x",
                                           "page.html",
                                           "//a.example/x",
                                           "/path",
                                           "vbscript:x",
                                           "http://a\x01.example",
                                           "http:/a.example",
                                           "http:/\\a.example",
                                           "https:///path",
                                           "https://a example/",
                                           "https://a[.]example/",
                                           "https://a.example:99x/",
                                           "http://a\u202e.example" };
    for (size_t i = 0; i < BRV_COUNT(allowed); i++) {
        assert_true(brv_url_is_allowed(brv_str_from_cstr(allowed[i])));
    }
    for (size_t i = 0; i < BRV_COUNT(refused); i++) {
        assert_false(brv_url_is_allowed(brv_str_from_cstr(refused[i])));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = { TEST(test_allowed) };
    return cmocka_run_group_tests_name("model_url", tests, NULL, NULL);
}
