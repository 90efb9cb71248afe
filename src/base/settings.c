/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/settings.h"

#include "base/record_slot.h"
#include "base/settings_scan.h"
#include "base/text.h"

#include <errno.h>
#include <fcntl.h>
#include <libconfig.h>
#include <stdarg.h>
#include <sys/stat.h>
#include <unistd.h>

/* What is being read, and whether anything was wrong with it. */
struct reader {
    const char *name; /* of the file, for faults */
    GPtrArray *faults;
    bool failed;
};

/* ---------------------------------------------------------------- faults */

GPtrArray *settings_faults_new(void)
{
    return g_ptr_array_new_with_free_func(g_free);
}

static void add_fault(GPtrArray *faults, const char *file, unsigned line, const char *what)
{
    g_autofree char *clean = text_clean(what, -1, 500, TEXT_LINE, NULL);
    if (faults->len > SETTINGS_FAULTS_MAX)
        return;
    if (faults->len == SETTINGS_FAULTS_MAX)
        g_ptr_array_add(faults, g_strdup("there are more faults"));
    else if (line == 0)
        g_ptr_array_add(faults, g_strdup_printf("%s: %s", file, clean));
    else
        g_ptr_array_add(faults, g_strdup_printf("%s:%u: %s", file, line, clean));
}

void settings_fault(GPtrArray *faults, const char *file, unsigned line, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    g_autofree char *what = g_strdup_vprintf(format, args);
    va_end(args);
    add_fault(faults, file, line, what);
}

static void fault_at(struct reader *reader, const config_setting_t *at, const char *format, ...) G_GNUC_PRINTF(3, 4);
static void fault_at(struct reader *reader, const config_setting_t *at, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    g_autofree char *what = g_strdup_vprintf(format, args);
    va_end(args);
    reader->failed = true;
    add_fault(reader->faults, reader->name, config_setting_source_line(at), what);
}

static void value_fault(struct reader *reader, const struct record_field *field, const config_setting_t *at,
                        const char *fault)
{
    if (fault == NULL)
        return;
    g_autofree char *what = record_fault_text(field, fault);
    fault_at(reader, at, "%s", what);
}

static void unknown_key(struct reader *reader, const struct record_type *type, const config_setting_t *at)
{
    const char *name = config_setting_name(at);
    const char *nearest = record_nearest(type, name);
    if (nearest != NULL)
        fault_at(reader, at, "unknown key \"%s\", did you mean \"%s\"?", name, nearest);
    else
        fault_at(reader, at, "unknown key \"%s\"", name);
}

/* ---------------------------------------------------------------- members of a group */

static void read_group(struct reader *reader, const struct record_type *type, void *record,
                       const config_setting_t *group);

/* What a value must look like in a file, by kind. ARRAY is [ ], LIST is ( ). */
static const struct {
    const char *wanted;
    unsigned types; /* bits 1 << CONFIG_TYPE_… */
} shapes[] = {
    [RECORD_STRING] = {"a text in quotes", 1 << CONFIG_TYPE_STRING},
    [RECORD_INTEGER] = {"a whole number", 1 << CONFIG_TYPE_INT | 1 << CONFIG_TYPE_INT64},
    [RECORD_BOOLEAN] = {"true or false", 1 << CONFIG_TYPE_BOOL},
    [RECORD_WORD] = {"a word in quotes", 1 << CONFIG_TYPE_STRING},
    [RECORD_TIME] = {"a time in quotes", 1 << CONFIG_TYPE_STRING},
    [RECORD_ONE] = {"a group { }", 1 << CONFIG_TYPE_GROUP},
    [RECORD_MANY] = {"a list of groups ( { } )", 1 << CONFIG_TYPE_LIST},
    [RECORD_STRINGS] = {"a list of texts in quotes ( \"\" )", 1 << CONFIG_TYPE_LIST | 1 << CONFIG_TYPE_ARRAY},
};

static bool has_shape(struct reader *reader, const struct record_field *field, enum record_kind kind,
                      const config_setting_t *at)
{
    if (shapes[kind].types & 1U << config_setting_type(at))
        return true;
    fault_at(reader, at, "%s: wrong type, it must be %s", field->name, shapes[kind].wanted);
    return false;
}

static void read_many(struct reader *reader, const struct record_field *field, GPtrArray *list,
                      const config_setting_t *members)
{
    for (int i = 0; i < config_setting_length(members); i++) {
        const config_setting_t *member = config_setting_get_elem(members, (unsigned)i);
        if (!has_shape(reader, field, RECORD_ONE, member))
            continue;
        g_ptr_array_add(list, record_new(field->type));
        read_group(reader, field->type, list->pdata[list->len - 1], member);
    }
}

static void read_strings(struct reader *reader, const struct record_field *field, GPtrArray *list,
                         const config_setting_t *members)
{
    for (int i = 0; i < config_setting_length(members); i++) {
        const config_setting_t *member = config_setting_get_elem(members, (unsigned)i);
        if (!has_shape(reader, field, RECORD_STRING, member))
            continue;
        const char *text = config_setting_get_string(member);
        value_fault(reader, field, member, record_check_text(field, text));
        g_ptr_array_add(list, g_strdup(text));
    }
}

static void read_list(struct reader *reader, const struct record_field *field, void *record,
                      const config_setting_t *members)
{
    GPtrArray *list = *record_list_at(field, record);
    if (config_setting_length(members) > record_field_max(field))
        value_fault(reader, field, members, RECORD_FAULT_MANY);
    else if (field->kind == RECORD_MANY)
        read_many(reader, field, list, members);
    else
        read_strings(reader, field, list, members);
}

static void read_field(struct reader *reader, const struct record_field *field, void *record,
                       const config_setting_t *at)
{
    void **one;
    switch (field->kind) {
    case RECORD_INTEGER:
        value_fault(reader, field, at, record_set_integer(field, record, config_setting_get_int64(at)));
        return;
    case RECORD_BOOLEAN:
        *record_boolean_at(field, record) = config_setting_get_bool(at);
        return;
    case RECORD_ONE:
        one = record_one_at(field, record);
        if (*one == NULL)
            *one = record_new(field->type);
        read_group(reader, field->type, *one, at);
        return;
    case RECORD_MANY:
    case RECORD_STRINGS:
        read_list(reader, field, record, at);
        return;
    default:
        value_fault(reader, field, at, record_set_text(field, record, config_setting_get_string(at)));
    }
}

/* `at`: the group itself, or the nearest group around it when it was left out (then `group` is NULL). */
static void check_required(struct reader *reader, const struct record_type *type, const config_setting_t *group,
                           const config_setting_t *at)
{
    for (size_t i = 0; i < type->n_fields; i++) {
        const struct record_field *field = &type->fields[i];
        if (group != NULL && config_setting_get_member(group, field->name) != NULL)
            continue;
        if (field->flags & RECORD_REQUIRED)
            fault_at(reader, at, "missing key \"%s\" of %s", field->name, type->name);
        else if (field->kind == RECORD_ONE && field->initial != NULL)
            check_required(reader, field->type, NULL, at);
    }
}

static void read_group(struct reader *reader, const struct record_type *type, void *record,
                       const config_setting_t *group)
{
    for (int i = 0; i < config_setting_length(group); i++) {
        const config_setting_t *member = config_setting_get_elem(group, (unsigned)i);
        const struct record_field *field = record_field_find(type, config_setting_name(member));
        if (field == NULL)
            unknown_key(reader, type, member);
        else if (has_shape(reader, field, field->kind, member))
            read_field(reader, field, record, member);
    }
    check_required(reader, type, group, group);
}

/* ---------------------------------------------------------------- files */

void *settings_parse(const struct record_type *type, const char *text, const char *name, GPtrArray *faults)
{
    if (strlen(text) > SETTINGS_FILE_MAX) {
        settings_fault(faults, name, 0, "the file is larger than %d bytes", SETTINGS_FILE_MAX);
        return NULL;
    }
    if (!settings_scan(text, name, faults))
        return NULL;
    struct reader reader = {.name = name, .faults = faults};
    void *record = record_new(type);
    config_t config;
    config_init(&config);
    if (config_read_string(&config, text)) {
        read_group(&reader, type, record, config_root_setting(&config));
    } else {
        settings_fault(faults, name, (unsigned)config_error_line(&config), "%s", config_error_text(&config));
        reader.failed = true;
    }
    config_destroy(&config);
    if (!reader.failed)
        return record;
    record_free(type, record);
    return NULL;
}

void *settings_read(const struct record_type *type, const char *path, GPtrArray *faults)
{
    gsize length;
    g_autofree char *text = settings_load(path, SETTINGS_FILE_MAX, &length, faults);
    return text != NULL ? settings_parse(type, text, path, faults) : NULL;
}

/* Reads until the end, or one byte more than is allowed. False and errno when it fails. */
static bool read_all(int fd, gsize max, GByteArray *bytes)
{
    guint8 part[65536];
    while (bytes->len <= max) {
        ssize_t n = read(fd, part, MIN(sizeof part, max + 1 - bytes->len));
        if (n == 0)
            return true;
        if (n < 0 && errno != EINTR)
            return false;
        if (n > 0)
            g_byte_array_append(bytes, part, (guint)n);
    }
    return true;
}

/* NULL when the bytes are a text within the limit, else what is wrong. */
static const char *text_fault(const GByteArray *bytes, gsize max)
{
    if (bytes->len > max)
        return "the file is too large";
    return bytes->len > 0 && memchr(bytes->data, '\0', bytes->len) != NULL ? "the file is no text, it holds a zero byte"
                                                                           : NULL;
}

char *settings_load(const char *path, gsize max, gsize *ret_length, GPtrArray *faults)
{
    /* Non-blocking, so that a pipe in the place of the file does not hold us up. */
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
    struct stat stat;
    g_autoptr(GByteArray) bytes = g_byte_array_new();
    const char *fault = NULL;
    if (fd < 0 || fstat(fd, &stat) < 0)
        fault = g_strerror(errno);
    else if (!S_ISREG(stat.st_mode))
        fault = "not a regular file";
    else if (!read_all(fd, max, bytes))
        fault = g_strerror(errno);
    else
        fault = text_fault(bytes, max);
    if (fd >= 0)
        close(fd);
    if (fault != NULL) {
        settings_fault(faults, path, 0, "%s", fault);
        return NULL;
    }
    guint mark = bytes->len >= 3 && memcmp(bytes->data, "\xEF\xBB\xBF", 3) == 0 ? 3 : 0;
    *ret_length = bytes->len - mark;
    g_byte_array_append(bytes, (const guint8 *)"", 1);
    g_byte_array_remove_range(bytes, 0, mark);
    return (char *)g_byte_array_free(g_steal_pointer(&bytes), FALSE);
}

/* ---------------------------------------------------------------- command line */

/* The sections of "a.b.key" below `record`; *type and the result are those of the last. NULL when there is no such. */
static void *find_section(const struct record_type **type, void *record, char **path)
{
    for (; path[0] != NULL && path[1] != NULL; path++) {
        const struct record_field *field = record_field_find(*type, *path);
        if (field == NULL || field->kind != RECORD_ONE)
            return NULL;
        void **one = record_one_at(field, record);
        if (*one == NULL)
            *one = record_new(field->type);
        record = *one;
        *type = field->type;
    }
    return record;
}

static bool override_fault(GPtrArray *faults, const char *key, const char *what)
{
    settings_fault(faults, "--set", 0, "%s: %s", key, what);
    return false;
}

bool settings_override(const struct record_type *type, void *record, const char *assignment, GPtrArray *faults)
{
    const char *equals = strchr(assignment, '=');
    if (equals == NULL || equals == assignment)
        return override_fault(faults, "section.key=value", "is how it is written");
    g_autofree char *key = g_strndup(assignment, (gsize)(equals - assignment));
    g_auto(GStrv) path = g_strsplit(key, ".", -1);
    const char *last = path[g_strv_length(path) - 1];
    void *section = find_section(&type, record, path);
    if (section == NULL)
        return override_fault(faults, key, "no such section");
    const struct record_field *field = record_field_find(type, last);
    if (field == NULL) {
        const char *nearest = record_nearest(type, last);
        g_autofree char *what =
            nearest != NULL ? g_strdup_printf("unknown key, did you mean \"%s\"?", nearest) : g_strdup("unknown key");
        return override_fault(faults, key, what);
    }
    if (field->kind == RECORD_ONE || field->kind == RECORD_MANY || field->kind == RECORD_STRINGS)
        return override_fault(faults, key, "cannot be set here, only in the file");
    const char *fault = record_set_text(field, section, equals + 1);
    g_autofree char *what = fault != NULL ? record_fault_text(field, fault) : NULL;
    return fault == NULL || override_fault(faults, key, what);
}
