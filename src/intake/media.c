/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "intake/media.h"
#include "base/text.h"

#include <dirent.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define MAX_LOOKED_AT 5000 /* entries of the folder */
#define MAX_LISTED    100
#define MAX_NAME      120 /* characters */

static bool has_ending(const char *name, enum files_kind kind)
{
    static const char *const endings[][4] = {
        [FILES_PICTURES] = {".jpg", ".jpeg", ".png"}, [FILES_ARCHIVES] = {".zip", ".rar"}};
    size_t n = strlen(name);
    for (size_t i = 0; endings[kind][i]; i++) {
        size_t ending = strlen(endings[kind][i]);
        if (n > ending && g_ascii_strcasecmp(name + n - ending, endings[kind][i]) == 0)
            return true;
    }
    return false;
}

/* A name that cannot be shown as it is cannot be chosen either; hidden files are leftovers of other systems. */
static bool is_showable_name(const char *name)
{
    return name[0] != '.' && g_utf8_validate(name, -1, NULL) && text_is_clean(name, MAX_NAME, TEXT_LINE);
}

static struct file_entry *look_at(int folder, const char *name, enum files_kind kind)
{
    struct stat status;
    if (!has_ending(name, kind) || !is_showable_name(name))
        return NULL;
    if (fstatat(folder, name, &status, AT_SYMLINK_NOFOLLOW) != 0 || !S_ISREG(status.st_mode))
        return NULL;
    struct file_entry *entry = record_new(&file_entry_record);
    entry->name = g_strdup(name);
    entry->bytes = status.st_size;
    entry->modified_at = status.st_mtime;
    return entry;
}

static gint newest_first(gconstpointer a, gconstpointer b)
{
    const struct file_entry *one = *(void *const *)a, *other = *(void *const *)b;
    if (one->modified_at != other->modified_at)
        return one->modified_at < other->modified_at ? 1 : -1;
    return strcmp(one->name, other->name);
}

static void keep_newest(GPtrArray *files)
{
    g_ptr_array_sort(files, newest_first);
    for (guint i = MAX_LISTED; i < files->len; i++)
        record_free(&file_entry_record, files->pdata[i]);
    g_ptr_array_set_size(files, (gint)MIN(files->len, MAX_LISTED));
}

struct files_answer *media_list(const char *folder, enum files_kind kind)
{
    struct files_answer *answer = record_new(&files_answer_record);
    DIR *directory = opendir(folder);
    if (!directory) {
        answer->problem = g_strdup("photo.no_folder");
        return answer;
    }
    const struct dirent *found;
    for (int i = 0; i < MAX_LOOKED_AT && (found = readdir(directory)) != NULL; i++) {
        struct file_entry *entry = look_at(dirfd(directory), found->d_name, kind);
        if (entry)
            g_ptr_array_add(answer->files, entry);
    }
    closedir(directory);
    keep_newest(answer->files);
    return answer;
}

void *media_job(const void *request, struct helper_context *context)
{
    const struct files_request *wanted = request;
    (void)context;
    return media_list(wanted->folder, (enum files_kind)wanted->kind);
}
