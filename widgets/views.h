// SPDX-License-Identifier: GPL-3.0-or-later
// The views of the window. A new one is a pair of files and one row of the table in views.cpp: its dock, its tab, its
// entry in the View menu, its name for --show and for lessons, and when it is offered are read from there.
#pragma once

#include <QString>

#include <cstdint>
#include <vector>

class QWidget;

namespace headlens {

class DisplaySettings;
class InspectionModel;
class Selection;

struct ViewContext {
    InspectionModel* model;
    Selection* selection;
    DisplaySettings* display;
};

// Views of one place are tabs of each other, in the order of the table; the first one lies above.
enum class Place : std::uint8_t { LeftAbove, LeftBelow, RightAbove, RightBelow, Below };

struct View {
    const char* id;    // of --show and of a lesson's "panel"
    const char* title; // in English; the name of its dock in saved layouts
    Place place;
    bool scrolls; // where its dock is smaller than it is
    QWidget* (*make)(const ViewContext&);
    // Whether there is something to show of this model and run; null: always. Without it the dock steps out.
    bool (*offered)(const InspectionModel&) = nullptr;
    // The same, where only the view itself knows.
    bool (*filled)(const QWidget& view) = nullptr;
    // Names of --show for parts of it; what shows one of them, or the whole by the view's own id. `view` is what the
    // dock holds, which may scroll it.
    std::vector<const char*> parts = {};
    void (*showPart)(QWidget* view, const QString& name) = nullptr;

    QString translatedTitle() const;
    bool isNamed(const QString& name) const; // by its id or a part's
};

const std::vector<View>& views();
// By the id, or that of a part; null: there is none.
const View* viewOf(const QString& id);

} // namespace headlens
