/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "session/specimen.h"

#include "base/text.h"
#include "session/state.h"

#include <string.h>

#define ELEMENTS_MAX 64 /* of a screen that have a condition; more are taken to be always there */
#define WORDS_MAX    32 /* of conditions */
#define FREE_MAX     12 /* of them, tried in every combination */
#define OFFICE_COLS  36
#define QR_BYTES     60

struct specimen {
    const struct forms *forms;
    const char *office;
    struct session *nobody; /* whom lists of options and words for keys are made for */
};

/* ---------------------------------------------------------------- texts at their longest */

/* What sentences have besides the placeholders of pages, or mean otherwise: a major, a course. */
static const struct {
    const char *word;
    struct placeholder_size size;
} parts[] = {
    {"code", {.narrow = 6}},   {"name", {.wide = 40}},
    {"level", {.wide = 4}},    {"version", {.like = "plan_version."}},
    {"tail", {.narrow = 4}},   {"from", {.narrow = 16}},
    {"to", {.narrow = 16}},    {"width", {.narrow = 4}},
    {"height", {.narrow = 4}}, {"kb", {.narrow = 4}},
    {"format", {.narrow = 3}}, {"group", {.wide = 4}},
    {"codes", {.narrow = 11}},
};
static const struct placeholder_size a_number = {.narrow = 3};

static const struct placeholder_size *size_of(const char *word, bool in_sentence)
{
    for (size_t i = 0; in_sentence && i < G_N_ELEMENTS(parts); i++)
        if (strcmp(parts[i].word, word) == 0)
            return &parts[i].size;
    const struct placeholder_size *size = placeholder_size(word);
    return size ? size : &a_number;
}

static char *expand(const struct specimen *specimen, const char *text, bool in_sentence);

static void keep_longer(char **longest, char *other)
{
    if (*longest && text_cols(*longest) >= text_cols(other)) {
        g_free(other);
        return;
    }
    g_free(*longest);
    *longest = other;
}

/* A key, or all that begin with it. */
static char *longest_sentence(const struct specimen *specimen, const char *key)
{
    char *longest = g_strdup("");
    const GPtrArray *all = specimen->forms->messages->messages;
    for (guint i = 0; i < all->len; i++) {
        const struct message *message = g_ptr_array_index(all, i);
        if (g_str_has_suffix(key, ".") ? g_str_has_prefix(message->key, key) : strcmp(message->key, key) == 0)
            keep_longer(&longest, expand(specimen, message->text, true));
    }
    return longest;
}

static char *longest_title(const struct forms *forms)
{
    char *longest = g_strdup("");
    for (guint i = 0; i < forms->screens->len; i++)
        keep_longer(&longest, g_strdup(((const struct form_screen *)g_ptr_array_index(forms->screens, i))->title));
    return longest;
}

static char *longest_division(const struct forms *forms, bool county)
{
    char *longest = g_strdup("");
    const GPtrArray *divisions = forms->tables.table[CODE_DIVISION];
    for (guint i = 0; i < divisions->len; i++) {
        const struct code_entry *entry = g_ptr_array_index(divisions, i);
        keep_longer(&longest,
                    county ? code_county_name(&forms->tables, entry->code) : g_strdup(entry->city ? entry->city : ""));
    }
    return longest;
}

static char *filler(const struct placeholder_size *size)
{
    GString *text = g_string_new(NULL);
    for (int i = 0; i < size->wide; i += 2)
        g_string_append_unichar(text, SPECIMEN_WIDE);
    for (int i = 0; i < size->narrow; i++)
        g_string_append_c(text, '0');
    return g_string_free(text, FALSE);
}

static char *longest(const struct specimen *specimen, const struct placeholder_size *size)
{
    if (!size->like)
        return filler(size);
    if (strcmp(size->like, "title") == 0)
        return longest_title(specimen->forms);
    if (strcmp(size->like, "county") == 0 || strcmp(size->like, "city") == 0)
        return longest_division(specimen->forms, strcmp(size->like, "county") == 0);
    if (strcmp(size->like, "office") == 0)
        return filler(&(struct placeholder_size){.wide = OFFICE_COLS});
    return longest_sentence(specimen, size->like);
}

static char *value_of(const struct specimen *specimen, const char *word, bool in_sentence)
{
    if (key_words_exist(word, strlen(word)))
        return key_words(specimen->nobody, word, strlen(word));
    if (g_str_has_prefix(word, "receipt."))
        return longest_sentence(specimen, word);
    return longest(specimen, size_of(word, in_sentence));
}

static char *expand(const struct specimen *specimen, const char *text, bool in_sentence)
{
    GString *out = g_string_new(NULL);
    for (const char *at = text ? text : ""; *at;) {
        const char *close = *at == '{' ? strchr(at, '}') : NULL;
        if (!close) {
            g_string_append_c(out, *at++);
            continue;
        }
        g_autofree char *word = g_strndup(at + 1, (gsize)(close - at - 1));
        g_autofree char *value = value_of(specimen, word, in_sentence);
        g_string_append(out, *value ? value : "0000000000");
        at = close + 1;
    }
    return g_string_free(out, FALSE);
}

char *specimen_text(const struct specimen *specimen, const char *text)
{
    return expand(specimen, text, false);
}

/* ---------------------------------------------------------------- what may stand together */

/* A condition: which words must hold and which must not, as bits. */
struct condition {
    guint32 must, must_not;
};

struct scene {
    struct specimen *specimen;
    const struct form_screen *screen;
    int n_words;
    const struct guard *words[WORDS_MAX];
    int n; /* elements: actions, texts, facts, tables, fields, items, in this order */
    struct condition conditions[ELEMENTS_MAX];
    guint64 matter;   /* elements whose company matters: they share a place that cannot be scrolled */
    GHashTable *seen; /* of what matters, what has been shown already */
    guint64 shown;
    specimen_fn fn;
    gpointer data;
};

static int word_number(struct scene *scene, const char *word)
{
    const struct guard *guard = guard_find(word);
    for (int i = 0; i < scene->n_words; i++)
        if (scene->words[i] == guard)
            return i;
    if (!guard || scene->n_words == WORDS_MAX)
        return -1;
    scene->words[scene->n_words] = guard;
    return scene->n_words++;
}

static void add_element(struct scene *scene, const char *when, bool matters)
{
    if (scene->n == ELEMENTS_MAX)
        return;
    struct condition *condition = &scene->conditions[scene->n];
    g_auto(GStrv) list = g_strsplit(when ? when : "", " ", -1);
    for (char **word = list; *word; word++) {
        bool negate = **word == '!';
        int number = word_number(scene, *word + negate);
        if (number >= 0)
            *(negate ? &condition->must_not : &condition->must) |= 1u << number;
    }
    if (matters)
        scene->matter |= G_GUINT64_CONSTANT(1) << scene->n;
    scene->n++;
}

static bool may_scroll(const struct form_screen *screen)
{
    return screen->kind != PAGE_MENU && screen->kind != PAGE_CHOOSE && screen->kind != PAGE_QR &&
           screen->kind != PAGE_EDITOR;
}

static void add_elements(struct scene *scene)
{
    const struct form_screen *screen = scene->screen;
    bool fixed = !may_scroll(screen);
    for (guint i = 0; i < screen->actions->len; i++)
        add_element(scene, ((struct form_action *)g_ptr_array_index(screen->actions, i))->when, true);
    for (guint i = 0; i < screen->texts->len; i++)
        add_element(scene, ((struct form_text *)g_ptr_array_index(screen->texts, i))->when, fixed);
    for (guint i = 0; i < screen->facts->len; i++)
        add_element(scene, ((struct form_fact *)g_ptr_array_index(screen->facts, i))->when, fixed);
    for (guint i = 0; i < screen->tables->len; i++)
        add_element(scene, ((struct form_table *)g_ptr_array_index(screen->tables, i))->when, fixed);
    for (guint i = 0; i < screen->fields->len; i++)
        add_element(scene, ((struct form_field *)g_ptr_array_index(screen->fields, i))->when, fixed);
    for (guint i = 0; i < screen->items->len; i++)
        add_element(scene, ((struct form_item *)g_ptr_array_index(screen->items, i))->when, false);
}

/* ---------------------------------------------------------------- a page of what stands together */

/* The page's elements are asked for in their order. */
struct picker {
    guint64 visible;
    int next;
};

static bool picks(struct picker *picker)
{
    int i = picker->next++;
    return i >= ELEMENTS_MAX || picker->visible >> i & 1;
}

static void add_actions(const struct scene *scene, struct page *page, struct picker *picker)
{
    for (guint i = 0; i < scene->screen->actions->len; i++) {
        const struct form_action *form = g_ptr_array_index(scene->screen->actions, i);
        if (picks(picker))
            page_add_action(page, form->verb, form->label, form->key)->primary = form->primary;
    }
}

static void add_texts(const struct scene *scene, struct page *page, struct picker *picker)
{
    for (guint i = 0; i < scene->screen->texts->len; i++) {
        const struct form_text *form = g_ptr_array_index(scene->screen->texts, i);
        g_autofree char *text = specimen_text(scene->specimen, form->text);
        if (picks(picker))
            page_add_text(page, text, (enum page_tone)form->tone);
    }
    for (guint i = 0; i < scene->screen->facts->len; i++) {
        const struct form_fact *form = g_ptr_array_index(scene->screen->facts, i);
        g_autofree char *value = specimen_text(scene->specimen, form->value);
        if (picks(picker))
            page_add_fact(page, form->label, value, (enum page_tone)form->tone);
    }
}

/* One row, with a cell that wants all the room there is. */
static void add_tables(const struct scene *scene, struct page *page, struct picker *picker)
{
    g_autofree char *cell = filler(&(struct placeholder_size){.wide = 120});
    for (guint i = 0; i < scene->screen->tables->len; i++) {
        const struct form_table *form = g_ptr_array_index(scene->screen->tables, i);
        if (!picks(picker))
            continue;
        struct page_table *table = page_add_table(page, form->title);
        struct page_row *row = NULL;
        page_table_row(table, TONE_NORMAL, NULL);
        row = g_ptr_array_index(table->rows, 0);
        for (guint k = 0; k < form->columns->len; k++) {
            const struct form_column *column = g_ptr_array_index(form->columns, k);
            page_table_column(table, column->title, (int)column->width);
            g_ptr_array_add(row->cells, g_strdup(column->width ? "0" : cell));
        }
    }
}

/* round 0: no faults; later ones: each field with its next sentence. */
static void add_field(const struct scene *scene, struct page *page, const struct form_field *form, int row, int round)
{
    g_autofree char *key = row < 0 ? g_strdup(form->key) : g_strdup_printf("%d.%s", row, form->key);
    g_autofree char *value = specimen_text(scene->specimen, form->value);
    struct page_field *field = page_add_field(page, key, (enum field_type)form->type, form->label,
                                              form->type == FIELD_PASSWORD ? NULL : value);
    field->hint = g_strdup(form->hint);
    field->required = form->required;
    field->readonly = form->readonly;
    field->max_chars = form->max ? (int)form->max : RECORD_STRING_MAX;
    field->min_count = (int)form->min_count;
    field->width_cols = (int)form->width;
    field->row = row;
    if (form->type == FIELD_CODE)
        source_options(scene->specimen->nobody, form, field);
    if (form->type == FIELD_REGION)
        field->options = g_ptr_array_ref(scene->specimen->forms->regions);
    g_autoptr(GPtrArray) keys = check_sentences(scene->screen, form);
    if (round > 0 && keys->len > 0)
        field->error =
            specimen_text(scene->specimen, message_text(g_ptr_array_index(keys, (guint)(round - 1) % keys->len),
                                                        scene->specimen->forms->messages));
}

static void add_fields(const struct scene *scene, struct page *page, struct picker *picker, int round)
{
    int rows = scene->screen->kind == PAGE_ROWS ? (int)scene->screen->rows : 1;
    guint64 visible = 0;
    for (guint i = 0; i < scene->screen->fields->len; i++)
        visible |= picks(picker) ? G_GUINT64_CONSTANT(1) << MIN(i, 63u) : 0;
    for (int row = 0; row < rows; row++)
        for (guint i = 0; i < scene->screen->fields->len; i++)
            if (visible >> MIN(i, 63u) & 1)
                add_field(scene, page, g_ptr_array_index(scene->screen->fields, i),
                          scene->screen->kind == PAGE_ROWS ? row : -1, round);
}

static void add_choices(const struct scene *scene, struct page *page, struct picker *picker)
{
    g_autofree char *label = filler(&(struct placeholder_size){.wide = 50});
    g_autofree char *note = filler(&(struct placeholder_size){.wide = 20});
    page->choose_many = scene->screen->many;
    for (int i = 0; scene->screen->choices && i < 2; i++)
        page_add_choice(page->choices, i ? "b" : "a", label, note);
    for (guint i = 0; i < scene->screen->items->len; i++) {
        const struct form_item *form = g_ptr_array_index(scene->screen->items, i);
        g_autofree char *item = specimen_text(scene->specimen, form->label);
        g_autofree char *beside = form->note ? specimen_text(scene->specimen, form->note) : NULL;
        if (picks(picker))
            page_add_choice(page->choices, form->key, item, beside);
    }
    if (scene->screen->sum)
        page->sum = specimen_text(scene->specimen, scene->screen->sum);
}

static void add_rest(const struct scene *scene, struct page *page)
{
    static const char *const steps[] = {"task.photo", "task.draw", "task.send", "task.check"};
    if (scene->screen->qr) {
        page->qr = g_new0(struct page_qr, 1);
        page->qr->payload = filler(&(struct placeholder_size){.narrow = QR_BYTES});
        page->qr->expires_ms = SPECIMEN_MS;
    }
    for (size_t i = 0; scene->screen->kind == PAGE_TASK && i < G_N_ELEMENTS(steps); i++)
        page_add_task(page, message_text(steps[i], scene->specimen->forms->messages), TASK_TODO);
    if (scene->screen->ends_s)
        page->deadline_ms = SPECIMEN_MS;
    page->message = specimen_text(scene->specimen, scene->screen->back_why);
    page->help = specimen_text(scene->specimen, scene->screen->help);
}

static struct page *make_page(const struct scene *scene, guint64 visible, int round)
{
    struct picker picker = {.visible = visible};
    struct page *page = page_new(scene->screen->name, (enum page_kind)scene->screen->kind);
    page_set_chapter(page, (int)scene->screen->chapter);
    page->title = specimen_text(scene->specimen, scene->screen->title);
    page->office = g_strdup(scene->specimen->office);
    add_actions(scene, page, &picker);
    add_texts(scene, page, &picker);
    add_tables(scene, page, &picker);
    add_fields(scene, page, &picker, round);
    add_choices(scene, page, &picker);
    add_rest(scene, page);
    return page;
}

/* ---------------------------------------------------------------- all of them */

/* Two actions of one key cannot both be there. */
static bool is_possible(const struct scene *scene, guint64 visible)
{
    const GPtrArray *actions = scene->screen->actions;
    for (guint i = 0; i < actions->len && i < ELEMENTS_MAX; i++)
        for (guint k = 0; k < i; k++) {
            const char *key = ((struct form_action *)g_ptr_array_index(actions, i))->key;
            const char *other = ((struct form_action *)g_ptr_array_index(actions, k))->key;
            if (visible >> i & 1 && visible >> k & 1 && key && g_strcmp0(key, other) == 0)
                return false;
        }
    return true;
}

static int rounds_of(const struct form_screen *screen)
{
    int rounds = 0;
    for (guint i = 0; i < screen->fields->len; i++) {
        g_autoptr(GPtrArray) keys = check_sentences(screen, g_ptr_array_index(screen->fields, i));
        rounds = MAX(rounds, (int)keys->len);
    }
    return rounds;
}

static void show(struct scene *scene, guint32 holding)
{
    guint64 visible = 0;
    for (int i = 0; i < scene->n; i++) {
        const struct condition *condition = &scene->conditions[i];
        if ((condition->must & holding) == condition->must && !(condition->must_not & holding))
            visible |= G_GUINT64_CONSTANT(1) << i;
    }
    guint64 company = visible & scene->matter;
    bool news = (visible & ~scene->shown) || !g_hash_table_contains(scene->seen, &company);
    if (!news || !is_possible(scene, visible))
        return;
    scene->shown |= visible;
    g_hash_table_add(scene->seen, g_memdup2(&company, sizeof company));
    for (int round = 0; round <= rounds_of(scene->screen); round++)
        scene->fn(make_page(scene, visible, round), scene->data);
}

/* The words that ask for a state hold or not as it is; the others in every combination. */
static void show_in_state(struct scene *scene, const int state[GUARD_SIDES])
{
    int free_words[WORDS_MAX], n = 0;
    guint32 fixed = 0;
    for (int i = 0; i < scene->n_words; i++) {
        if (guard_is_of_state(scene->words[i]))
            fixed |= guard_fits_state(scene->words[i], state) ? 1u << i : 0;
        else if (n < FREE_MAX)
            free_words[n++] = i;
    }
    for (guint combination = 0; combination < 1u << n; combination++) {
        guint32 holding = fixed;
        for (int i = 0; i < n; i++)
            holding |= combination >> i & 1 ? 1u << free_words[i] : 0;
        show(scene, holding);
    }
}

struct specimen *specimen_new(const struct forms *forms, const char *office, bool touch)
{
    struct specimen *specimen = g_new0(struct specimen, 1);
    struct session_options options = {.forms = forms, .office = office, .touch = touch};
    *specimen = (struct specimen){.forms = forms, .office = office, .nobody = session_new(&options)};
    return specimen;
}

void specimen_free(struct specimen *specimen)
{
    session_free(specimen->nobody);
    g_free(specimen);
}

static void scene_init(struct scene *scene)
{
    scene->specimen->nobody->screen = scene->screen;
    add_elements(scene);
    scene->seen = g_hash_table_new_full(g_int64_hash, g_int64_equal, g_free, NULL);
}

void specimen_pages(struct specimen *specimen, const struct form_screen *screen, specimen_fn fn, gpointer data)
{
    struct scene scene = {.specimen = specimen, .screen = screen, .fn = fn, .data = data};
    scene_init(&scene);
    for (int application = 0; application < STATES; application++)
        for (int degree = 0; degree <= PRIOR_MANUAL_REFUSED; degree++)
            for (int photo = 0; photo <= PHOTO_MANUAL_REJECTED; photo++)
                show_in_state(&scene, (const int[GUARD_SIDES]){application, degree, photo});
    g_hash_table_unref(scene.seen);
}

/* ---------------------------------------------------------------- the message line */

/* Sentences with these beginnings stand elsewhere: in tables and texts, on phones and paper, at the office. */
static const char *const elsewhere[] = {
    "eligibility.", "checklist.",    "progress.",     "word.",        "plan_version.", "photo_state.", "course_state.",
    "order_state.", "degree_state.", "added_reason.", "added_short.", "printing.",     "task.",        "print.",
    "degree.",      "page.",         "staff.",        "receipt.",     "ctl.",          "key.",         "tap."};

static bool is_said(const char *key)
{
    for (size_t i = 0; i < G_N_ELEMENTS(elsewhere); i++)
        if (g_str_has_prefix(key, elsewhere[i]))
            return false;
    return true;
}

void specimen_messages(struct specimen *specimen, const struct form_screen *screen, specimen_fn fn, gpointer data)
{
    struct scene scene = {.specimen = specimen, .screen = screen};
    scene_init(&scene);
    const GPtrArray *all = specimen->forms->messages->messages;
    for (guint i = 0; i < all->len; i++) {
        const struct message *message = g_ptr_array_index(all, i);
        if (!is_said(message->key))
            continue;
        struct page *page = make_page(&scene, G_MAXUINT64, 0);
        g_free(page->message);
        page->message = specimen_text(specimen, message->text);
        fn(page, data);
    }
    g_hash_table_unref(scene.seen);
}
