// SPDX-License-Identifier: GPL-3.0-or-later
// The attention view of DINO: what the class token looks at in the last block, every head in its colour, reduced to the
// patches that hold most of its mass.
#pragma once

#include <QObject>

#include <optional>

namespace headlens {

class DisplaySettings;
class InspectionModel;
class MessageBar;
class Selection;

class DinoView : public QObject {
    Q_OBJECT
public:
    struct Parts {
        InspectionModel* model;
        Selection* selection;
        DisplaySettings* display;
        MessageBar* messages;
    };
    DinoView(const Parts& parts, QObject* parent);

    // For models with a class token; says so for others.
    void show();

private:
    int lastLayer() const; // of the encoder
    void leave();          // with the first choice of a single head

    Parts m_parts;
    std::optional<bool> m_maskBefore; // while it is shown
};

} // namespace headlens
