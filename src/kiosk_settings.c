/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kiosk_settings.h"

#include "base/settings.h"
#include "screen/theme.h"

#define FIELD(section, member, kind_, ...)                                                                             \
    {                                                                                                                  \
        .name = #member, .kind = kind_, .offset = offsetof(struct kiosk_##section, member), __VA_ARGS__                \
    }
#define SECTION(section)                                                                                               \
    {                                                                                                                  \
        .name = #section, .kind = RECORD_ONE, .offset = offsetof(struct kiosk_settings, section),                      \
        .type = &section##_record                                                                                      \
    }

static const struct record_field platform_fields[] = {
    FIELD(platform, url, RECORD_STRING, .initial = "embedded",
          .help = "Address of the platform, or \"embedded\" to start one on loopback."),
    FIELD(platform, pins, RECORD_STRING, .help = "Public keys the platform must show: sha256//…;sha256//…"),
    FIELD(platform, ca_file, RECORD_STRING, .help = "File of trusted certificates instead of the system's."),
    FIELD(platform, data, RECORD_STRING, .help = "Folder of the embedded platform's data."),
    FIELD(platform, config, RECORD_STRING,
          .help = "platformd.conf of the embedded platform: where the rules leave a choice. Empty: the defaults."),
    FIELD(platform, demo, RECORD_BOOLEAN, .initial = "false", .help = "The embedded platform loads the demo people."),
};
static const struct record_field terminal_fields[] = {
    FIELD(terminal, office, RECORD_STRING, .initial = "自学考试办公室", .max = 20,
          .help = "Name of the office, shown in the title bar."),
    FIELD(terminal, theme, RECORD_WORD, .initial = "default", .words = theme_words,
          .help = "default, contrast, dark or plain."),
    FIELD(terminal, touch, RECORD_BOOLEAN, .initial = "false",
          .help = "There is no keyboard: large buttons and a keyboard on the screen from the start."),
    FIELD(terminal, may_quit, RECORD_BOOLEAN, .initial = "false",
          .help = "The start page lets people end the program. Only for trying it out."),
};
static const struct record_field input_fields[] = {
    FIELD(input, pinyin, RECORD_BOOLEAN, .initial = "true",
          .help = "People can type hanzi in pinyin. Otherwise letters go straight into the fields."),
    FIELD(input, fuzzy, RECORD_BOOLEAN, .initial = "false",
          .help = "For people who say s for sh, n for l, in for ing: these count as the same."),
    FIELD(input, data, RECORD_STRING, .help = "Folder of the pinyin engine's tables; empty: libpinyin's own."),
};
static const struct record_field session_fields[] = {
    FIELD(session, idle_s, RECORD_INTEGER, .min = 20, .max = 1800, .initial = "120",
          .help = "Seconds without a key after which the person is asked."),
    FIELD(session, warn_s, RECORD_INTEGER, .min = 20, .max = 300, .initial = "30",
          .help = "Seconds to answer before the session ends."),
};
static const struct record_field photo_fields[] = {
    FIELD(photo, folder, RECORD_STRING, .initial = "/media", .help = "Folder that holds the candidate's photo."),
    FIELD(photo, label, RECORD_STRING, .initial = "U盘", .max = 10, .help = "What the folder is called on screen."),
};
static const struct record_field printing_fields[] = {
    FIELD(printing, profile, RECORD_STRING, .initial = "a3-laser",
          .help = "Name of a file in printers/, without .conf."),
    FIELD(printing, copies, RECORD_INTEGER, .min = 1, .max = 4, .initial = "2",
          .help = "Copies of the registration form (R44: two)."),
};
static const struct record_field paths_fields[] = {
    FIELD(paths, forms, RECORD_STRING, .help = "Folder of the forms; empty: the installed one."),
    FIELD(paths, printers, RECORD_STRING, .help = "Folder of the printer profiles; empty: the installed one."),
    FIELD(paths, storage, RECORD_STRING,
          .help = "Folder of the terminal's own database; empty: /var/lib/graduation-kiosk."),
    FIELD(paths, runtime, RECORD_STRING, .help = "Folder in memory for the person's files; empty: the system's."),
    FIELD(paths, log, RECORD_STRING, .help = "File of the log; empty: none."),
};
static const struct record_type platform_record = RECORD_TYPE(kiosk_platform, platform_fields);
static const struct record_type terminal_record = RECORD_TYPE(kiosk_terminal, terminal_fields);
static const struct record_type input_record = RECORD_TYPE(kiosk_input, input_fields);
static const struct record_type session_record = RECORD_TYPE(kiosk_session, session_fields);
static const struct record_type photo_record = RECORD_TYPE(kiosk_photo, photo_fields);
static const struct record_type printing_record = RECORD_TYPE(kiosk_printing, printing_fields);
static const struct record_type paths_record = RECORD_TYPE(kiosk_paths, paths_fields);

static const struct record_field settings_fields[] = {
    SECTION(platform), SECTION(terminal), SECTION(input), SECTION(session),
    SECTION(photo),    SECTION(printing), SECTION(paths),
};
const struct record_type kiosk_settings_record = RECORD_TYPE(kiosk_settings, settings_fields);

char *kiosk_program_dir(void)
{
    g_autofree char *program = g_file_read_link("/proc/self/exe", NULL);
    return program ? g_path_get_dirname(program) : g_strdup(".");
}

char *kiosk_program_path(const char *name)
{
    g_autofree char *folder = kiosk_program_dir();
    char *beside = g_build_filename(folder, name, NULL);
    if (g_file_test(beside, G_FILE_TEST_IS_EXECUTABLE))
        return beside;
    g_free(beside);
    return g_build_filename(folder, "..", "libexec", "graduation-kiosk", name, NULL);
}

/* Beside the sources when run from the build folder, else where it was installed. */
static char *shared_folder(const char *name)
{
    g_autofree char *program = kiosk_program_dir();
    for (int up = 1; up <= 3; up++) {
        g_autofree char *base = up == 1   ? g_build_filename(program, "..", NULL)
                                : up == 2 ? g_build_filename(program, "..", "..", NULL)
                                          : g_build_filename(program, "..", "..", "..", NULL);
        g_autofree char *flow = g_build_filename(base, "forms", "flow.conf", NULL);
        if (g_file_test(flow, G_FILE_TEST_EXISTS)) {
            g_autofree char *path = g_build_filename(base, name, NULL);
            return g_canonicalize_filename(path, NULL);
        }
    }
    return g_build_filename(KIOSK_DATADIR, name, NULL);
}

char *kiosk_lexicon_path(void)
{
    g_autofree char *folder = kiosk_program_dir();
    char *beside = g_build_filename(folder, "lexicon.tsv", NULL);
    if (g_file_test(beside, G_FILE_TEST_EXISTS))
        return beside;
    g_free(beside);
    return shared_folder("lexicon.tsv");
}

static void fill(char **path, char *value)
{
    if (*path && **path) {
        g_free(value);
        return;
    }
    g_free(*path);
    *path = value;
}

static void make_sections(struct kiosk_settings *settings)
{
    for (size_t i = 0; i < kiosk_settings_record.n_fields; i++) {
        const struct record_field *field = &kiosk_settings_record.fields[i];
        void **section = &G_STRUCT_MEMBER(void *, settings, field->offset);
        if (!*section)
            *section = record_new(field->type);
    }
}

static void fill_paths(struct kiosk_settings *settings)
{
    struct kiosk_paths *paths = settings->paths;
    fill(&paths->forms, shared_folder("forms"));
    fill(&paths->printers, shared_folder("printers"));
    fill(&paths->storage, g_strdup("/var/lib/graduation-kiosk"));
    const char *runtime = g_getenv("XDG_RUNTIME_DIR");
    fill(&paths->runtime, g_strdup(runtime ? runtime : "/dev/shm"));
    fill(&settings->input->data, g_strdup(PINYIN_DATA));
    fill(&settings->platform->data, g_build_filename(paths->storage, "platform", NULL));
}

struct kiosk_settings *kiosk_settings_read(const char *path, const char *const *overrides, GPtrArray *faults)
{
    guint before = faults->len;
    struct kiosk_settings *settings =
        path ? settings_read(&kiosk_settings_record, path, faults) : record_new(&kiosk_settings_record);
    if (!settings)
        return NULL;
    make_sections(settings);
    for (int i = 0; overrides && overrides[i]; i++)
        settings_override(&kiosk_settings_record, settings, overrides[i], faults);
    fill_paths(settings);
    if (faults->len > before) {
        record_free(&kiosk_settings_record, settings);
        return NULL;
    }
    return settings;
}
