/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "platformd/schema.h"

#define STRINGIFY_(x) #x
#define STRINGIFY(x)  STRINGIFY_(x)

/* What others import (design 6.2): columns of the files, in their order. */
#define IMPORTED                                                                                                       \
    "CREATE TABLE plans (major_code TEXT NOT NULL, plan_version TEXT NOT NULL, major_name TEXT NOT NULL,"              \
    " level TEXT NOT NULL, school TEXT NOT NULL, min_credits INTEGER NOT NULL, min_courses INTEGER NOT NULL,"          \
    " elective_min_credits INTEGER NOT NULL, requires_prior_degree INTEGER NOT NULL,"                                  \
    " PRIMARY KEY (major_code, plan_version)) STRICT, WITHOUT ROWID;"                                                  \
    "CREATE TABLE plan_courses (major_code TEXT NOT NULL, plan_version TEXT NOT NULL, course_code TEXT NOT NULL,"      \
    " course_name TEXT NOT NULL, credits INTEGER NOT NULL, type TEXT NOT NULL, \"group\" TEXT,"                        \
    " group_min_courses INTEGER NOT NULL, group_min_credits INTEGER NOT NULL, counts_credit INTEGER NOT NULL,"         \
    " substitutable TEXT NOT NULL, old_codes TEXT, position INTEGER NOT NULL,"                                         \
    " PRIMARY KEY (major_code, plan_version, course_code),"                                                            \
    " FOREIGN KEY (major_code, plan_version) REFERENCES plans) STRICT, WITHOUT ROWID;"                                 \
    "CREATE TABLE candidates (exam_no TEXT PRIMARY KEY, id_no TEXT NOT NULL UNIQUE, name TEXT NOT NULL,"               \
    " sex TEXT NOT NULL, mobile TEXT, address TEXT, county_code TEXT, password TEXT, photo_file TEXT)"                 \
    " STRICT, WITHOUT ROWID;"                                                                                          \
    "CREATE TABLE candidate_majors (exam_no TEXT NOT NULL REFERENCES candidates, position INTEGER NOT NULL,"           \
    " major_code TEXT NOT NULL, plan_version TEXT NOT NULL, PRIMARY KEY (exam_no, position),"                          \
    " FOREIGN KEY (major_code, plan_version) REFERENCES plans) STRICT, WITHOUT ROWID;"                                 \
    "CREATE TABLE results (exam_no TEXT NOT NULL REFERENCES candidates, course_code TEXT NOT NULL,"                    \
    " course_name TEXT NOT NULL, credits INTEGER NOT NULL, score INTEGER NOT NULL, passed_on TEXT,"                    \
    " used INTEGER NOT NULL, exempt INTEGER NOT NULL, PRIMARY KEY (exam_no, course_code)) STRICT, WITHOUT ROWID;"      \
    "CREATE TABLE prior_degrees (id_no TEXT NOT NULL, certificate_no TEXT NOT NULL, name TEXT NOT NULL,"               \
    " school TEXT NOT NULL, major TEXT, level TEXT NOT NULL, graduated_on TEXT NOT NULL, status TEXT NOT NULL,"        \
    " PRIMARY KEY (id_no, certificate_no)) STRICT, WITHOUT ROWID;"                                                     \
    "CREATE TABLE batches (batch TEXT PRIMARY KEY, apply_from INTEGER NOT NULL, apply_to INTEGER NOT NULL,"            \
    " pay_from INTEGER NOT NULL, pay_to INTEGER NOT NULL, handin_from INTEGER NOT NULL, handin_to INTEGER NOT NULL,"   \
    " fee_fen INTEGER NOT NULL) STRICT, WITHOUT ROWID;"                                                                \
    "CREATE TABLE staff (staff_no TEXT PRIMARY KEY, name TEXT NOT NULL, county_code TEXT, role TEXT NOT NULL,"         \
    " password TEXT) STRICT, WITHOUT ROWID;"

#define STAFF_LOGINS                                                                                                   \
    "CREATE TABLE staff_logins (token_hash TEXT PRIMARY KEY, staff_no TEXT NOT NULL REFERENCES staff,"                 \
    " used_at INTEGER NOT NULL) STRICT, WITHOUT ROWID;"
/* `until`: kept so long. */
#define IDEMPOTENCY                                                                                                    \
    "CREATE TABLE idempotency (actor TEXT NOT NULL, key TEXT NOT NULL, request TEXT NOT NULL,"                         \
    " status INTEGER NOT NULL, body TEXT, until INTEGER NOT NULL, PRIMARY KEY (actor, key)) STRICT, WITHOUT ROWID;"    \
    "CREATE INDEX idempotency_until ON idempotency (until);"

/* Who is logged in, what was answered, what was typed. */
#define PEOPLE                                                                                                         \
    "CREATE TABLE versions (exam_no TEXT PRIMARY KEY REFERENCES candidates, version INTEGER NOT NULL)"                 \
    " STRICT, WITHOUT ROWID;"                                                                                          \
    "CREATE TABLE facts (name TEXT PRIMARY KEY, value INTEGER NOT NULL) STRICT, WITHOUT ROWID;"                        \
    "CREATE TABLE logins (token_hash TEXT PRIMARY KEY, exam_no TEXT NOT NULL REFERENCES candidates,"                   \
    " used_at INTEGER NOT NULL) STRICT, WITHOUT ROWID;"                                                                \
    "CREATE INDEX logins_used_at ON logins (used_at);"                                                                 \
    "CREATE TABLE login_failures (account TEXT PRIMARY KEY, failures INTEGER NOT NULL, failed_at INTEGER NOT NULL,"    \
    " locked_until INTEGER NOT NULL) STRICT, WITHOUT ROWID;"                                                           \
    "CREATE INDEX login_failures_failed_at ON login_failures (failed_at);" STAFF_LOGINS IDEMPOTENCY                    \
    "CREATE TABLE drafts (exam_no TEXT PRIMARY KEY REFERENCES candidates, body TEXT NOT NULL) STRICT;"

/* Scanned evidence, as it came; and the results that a graduation has used up. */
#define ARCHIVES                                                                                                       \
    "CREATE TABLE archives (application INTEGER PRIMARY KEY REFERENCES applications, format TEXT NOT NULL,"            \
    " data BLOB NOT NULL) STRICT;"
#define CONSUMED                                                                                                       \
    "CREATE TABLE consumed (exam_no TEXT NOT NULL REFERENCES candidates, course_code TEXT NOT NULL,"                   \
    " application INTEGER NOT NULL REFERENCES applications, PRIMARY KEY (exam_no, course_code))"                       \
    " STRICT, WITHOUT ROWID;"                                                                                          \
    "CREATE INDEX consumed_application ON consumed (application);"

/* How many are in each state, kept beside them: counting a million for whoever measures would keep everybody waiting. */
#define COUNTS                                                                                                         \
    "CREATE TABLE application_counts (state TEXT PRIMARY KEY, n INTEGER NOT NULL) STRICT, WITHOUT ROWID;"              \
    "CREATE TRIGGER applications_counted AFTER INSERT ON applications BEGIN"                                           \
    " INSERT INTO application_counts VALUES (new.state, 1) ON CONFLICT (state) DO UPDATE SET n = n + 1; END;"          \
    "CREATE TRIGGER applications_moved AFTER UPDATE OF state ON applications WHEN old.state <> new.state BEGIN"        \
    " UPDATE application_counts SET n = n - 1 WHERE state = old.state;"                                                \
    " INSERT INTO application_counts VALUES (new.state, 1) ON CONFLICT (state) DO UPDATE SET n = n + 1; END;"

/* An application is candidate × batch × round (domain.md 1.4). */
#define APPLICATIONS                                                                                                   \
    "CREATE TABLE applications (id INTEGER PRIMARY KEY, exam_no TEXT NOT NULL REFERENCES candidates,"                  \
    " batch TEXT NOT NULL REFERENCES batches, round INTEGER NOT NULL, state TEXT NOT NULL, county TEXT, reason TEXT,"  \
    " archive TEXT, submitted_at INTEGER, review_due_ms INTEGER, UNIQUE (exam_no, batch, round)) STRICT;"              \
    "CREATE INDEX applications_due ON applications (review_due_ms) WHERE review_due_ms IS NOT NULL;"                   \
    "CREATE INDEX applications_batch ON applications (batch, state);"                                                  \
    "CREATE INDEX applications_county ON applications (county, state, id);"                                            \
    "CREATE TABLE application_items (application INTEGER NOT NULL REFERENCES applications,"                            \
    " position INTEGER NOT NULL, major_code TEXT NOT NULL, plan_version TEXT NOT NULL,"                                \
    " state TEXT NOT NULL DEFAULT 'draft', note TEXT,"                                                                 \
    " PRIMARY KEY (application, position), FOREIGN KEY (major_code, plan_version) REFERENCES plans)"                   \
    " STRICT, WITHOUT ROWID;"                                                                                          \
    "CREATE TABLE substitutions (application INTEGER NOT NULL REFERENCES applications, major_code TEXT NOT NULL,"      \
    " position INTEGER NOT NULL, course_code TEXT NOT NULL, PRIMARY KEY (application, course_code))"                   \
    " STRICT, WITHOUT ROWID;"                                                                                          \
    "CREATE TABLE added_courses (application INTEGER NOT NULL REFERENCES applications, position INTEGER NOT NULL,"     \
    " reason TEXT NOT NULL, code TEXT NOT NULL, name TEXT NOT NULL, passed_on TEXT NOT NULL, score INTEGER NOT NULL,"  \
    " PRIMARY KEY (application, code)) STRICT, WITHOUT ROWID;"                                                         \
    "CREATE TABLE degree_authorisations (application INTEGER PRIMARY KEY REFERENCES applications,"                     \
    " state TEXT NOT NULL, token_hash TEXT UNIQUE, expires_at INTEGER NOT NULL, name TEXT, school TEXT, level TEXT,"   \
    " major TEXT, certificate_no TEXT, reason TEXT, failures INTEGER NOT NULL DEFAULT 0, due_ms INTEGER) STRICT;"      \
    "CREATE INDEX degree_answer_due ON degree_authorisations (due_ms) WHERE due_ms IS NOT NULL;"                       \
    "CREATE INDEX degree_due ON degree_authorisations (expires_at) WHERE state = 'qr_shown';" ARCHIVES CONSUMED        \
    "CREATE TABLE photos (application INTEGER PRIMARY KEY REFERENCES applications, state TEXT NOT NULL, reason TEXT,"  \
    " format TEXT, width INTEGER NOT NULL, height INTEGER NOT NULL, bytes INTEGER NOT NULL, data BLOB,"                \
    " rejections INTEGER NOT NULL DEFAULT 0, due_ms INTEGER) STRICT;"                                                  \
    "CREATE INDEX photos_due ON photos (due_ms) WHERE due_ms IS NOT NULL;"

/* `page`: keyed hash of the address a phone finds it under. */
#define RECEIPTS                                                                                                       \
    "CREATE TABLE receipts (order_no TEXT PRIMARY KEY REFERENCES orders, code TEXT NOT NULL,"                          \
    " number TEXT NOT NULL UNIQUE, \"check\" TEXT NOT NULL, page TEXT NOT NULL UNIQUE, issued_at INTEGER NOT NULL)"    \
    " STRICT;"

/* Money: at most one order that may still be paid and at most one that was, whatever the code above does (design 6.3). */
#define ORDERS                                                                                                         \
    "CREATE TABLE orders (order_no TEXT PRIMARY KEY, application INTEGER NOT NULL REFERENCES applications,"            \
    " amount_fen INTEGER NOT NULL, channel TEXT NOT NULL, state TEXT NOT NULL, created_at INTEGER NOT NULL,"           \
    " expires_at INTEGER NOT NULL, paid_at INTEGER) STRICT;"                                                           \
    "CREATE UNIQUE INDEX orders_one_live ON orders (application) WHERE state IN ('created', 'paying');"                \
    "CREATE UNIQUE INDEX orders_one_paid ON orders (application) WHERE state IN ('paid', 'receipt_issued');"           \
    "CREATE INDEX orders_due ON orders (expires_at) WHERE state IN ('created', 'paying');"                             \
    "CREATE INDEX orders_application ON orders (application, created_at);"                                             \
    "CREATE INDEX orders_receipt_due ON orders (paid_at) WHERE state = 'paid';" RECEIPTS                               \
    "CREATE TABLE registration_forms (application INTEGER NOT NULL REFERENCES applications,"                           \
    " version INTEGER NOT NULL, body TEXT NOT NULL, saved_at INTEGER NOT NULL, PRIMARY KEY (application, version))"    \
    " STRICT, WITHOUT ROWID;"                                                                                          \
    "CREATE TABLE prints (id INTEGER PRIMARY KEY, application INTEGER NOT NULL REFERENCES applications,"               \
    " form_version INTEGER NOT NULL, copies INTEGER NOT NULL, outcome TEXT NOT NULL, at INTEGER NOT NULL) STRICT;"     \
    "CREATE INDEX prints_application ON prints (application);"

/* Who decided what, when: appended to, and nothing else, whatever the code above does. */
#define AUDIT                                                                                                          \
    "CREATE TABLE audit (id INTEGER PRIMARY KEY, at INTEGER NOT NULL, application INTEGER NOT NULL REFERENCES "        \
    "applications,"                                                                                                    \
    " actor TEXT NOT NULL, event TEXT NOT NULL, major TEXT, detail TEXT, reason TEXT) STRICT;"                         \
    "CREATE INDEX audit_application ON audit (application, id);"                                                       \
    "CREATE TRIGGER audit_stays BEFORE UPDATE ON audit BEGIN SELECT RAISE(ABORT, 'the audit is only added to'); END;"  \
    "CREATE TRIGGER audit_keeps BEFORE DELETE ON audit BEGIN SELECT RAISE(ABORT, 'the audit is only added to'); END;"

const char platform_schema[] = "BEGIN IMMEDIATE;" IMPORTED PEOPLE APPLICATIONS COUNTS ORDERS AUDIT
                               "PRAGMA user_version = " STRINGIFY(PLATFORM_SCHEMA_VERSION) ";COMMIT;";

/* ---------------------------------------------------------------- from one version to the next */

/* 2: archives, receipts, staff, the audit, rows with a state of their own; answers are kept by actor. */
#define TO_2                                                                                                           \
    STAFF_LOGINS                                                                                                       \
    "CREATE INDEX login_failures_failed_at ON login_failures (failed_at);"                                             \
    "DROP INDEX idempotency_at;"                                                                                       \
    "ALTER TABLE idempotency RENAME TO idempotency_1;" IDEMPOTENCY                                                     \
    "INSERT INTO idempotency SELECT exam_no, key, request, status, body, at + 604800 FROM idempotency_1;"              \
    "DROP TABLE idempotency_1;" COUNTS                                                                                 \
    "INSERT INTO application_counts SELECT state, count(*) FROM applications GROUP BY state;"                          \
    "ALTER TABLE applications ADD COLUMN submitted_at INTEGER;"                                                        \
    "CREATE INDEX applications_county ON applications (county, state, id);"                                            \
    "ALTER TABLE application_items ADD COLUMN state TEXT NOT NULL DEFAULT 'draft';"                                    \
    "ALTER TABLE application_items ADD COLUMN note TEXT;"                                                              \
    "UPDATE application_items SET note = (SELECT a.reason FROM applications a WHERE a.id = application),"              \
    " state = (SELECT CASE WHEN a.state IN ('draft', 'submitted', 'system_checking', 'lapsed') THEN 'draft'"           \
    " WHEN a.state IN ('county_pending', 'county_rejected') THEN a.state ELSE 'system_approved' END"                   \
    " FROM applications a WHERE a.id = application);"                                                                  \
    "ALTER TABLE degree_authorisations ADD COLUMN major TEXT;"                                                         \
    "ALTER TABLE degree_authorisations ADD COLUMN failures INTEGER NOT NULL DEFAULT 0;"                                \
    "ALTER TABLE degree_authorisations ADD COLUMN due_ms INTEGER;"                                                     \
    "CREATE INDEX degree_answer_due ON degree_authorisations (due_ms) WHERE due_ms IS NOT NULL;"                       \
    "CREATE INDEX orders_receipt_due ON orders (paid_at) WHERE state = 'paid';" ARCHIVES CONSUMED RECEIPTS AUDIT

const char *const platform_migrations[PLATFORM_SCHEMA_VERSION] = {
    [1] = "BEGIN IMMEDIATE;" TO_2 "PRAGMA user_version = 2;COMMIT;",
};
