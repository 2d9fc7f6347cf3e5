// SPDX-License-Identifier: GPL-3.0-or-later
// What the start page offers, as plain values: the window fills them from the engine's list and the folder of lessons.
#pragma once

#include <QImage>
#include <QList>
#include <QString>
#include <QStringList>

namespace headlens {

// Shares from 0 to 1 on examples that the model never saw.
struct GalleryScore {
    QString what;        // "colour of the thing named"
    double with = 0;     // as trained
    double without = -1; // with its mechanism switched off as `off` says; below 0: does not apply
    QString off;
    double chance = 0;
    bool operator==(const GalleryScore&) const = default;
};

struct GalleryModel {
    QString name;         // the engine opens it by this
    QString title, shows; // one line each; empty from engines that know none
    QList<GalleryScore> scores;
    QImage picture = {}; // of what it looks at; null: none
    bool operator==(const GalleryModel&) const = default;
};

// A model that lies on the computer, of whatever program.
struct GalleryFound {
    QString name, path;
    QString about;  // type, size, where it lies; one line
    QString whyNot; // one sentence; empty: it can be opened
    bool operator==(const GalleryFound&) const = default;
};

// What the person opened before.
struct GalleryRecent {
    enum class Kind : int { Model, Picture, Text };
    Kind kind = Kind::Model;
    QString what; // a path, or the text
    QString name, about;
    QString whyNot = {}; // one sentence; empty: it is there
    QImage picture = {}; // small; null: none yet
    QString model = {};  // that read the text; empty: any
    bool operator==(const GalleryRecent&) const = default;
};

// Something to see at one click.
struct GalleryExample {
    QString model; // the engine opens it by this
    QString about; // what it is
    QImage picture;
};

struct GalleryLesson {
    QString folder, title, summary;
    QStringList titles = {};    // in every language that it is written in
    int steps = 0, reached = 0; // reached: the farthest one that was shown; 0: not begun
    bool operator==(const GalleryLesson&) const = default;
};

} // namespace headlens
