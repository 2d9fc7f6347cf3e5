// SPDX-License-Identifier: GPL-3.0-or-later
// Paints over patches of the picture: nobody sees them any more, or their pixels are replaced before the model reads
// them. What is painted is part of what the run is asked for, so it can be undone. Window's thread.
#pragma once

#include <QObject>

#include <string>
#include <vector>

namespace headlens {

class InspectionModel;

class CanvasBrush : public QObject {
    Q_OBJECT
public:
    explicit CanvasBrush(InspectionModel* model, QObject* parent = nullptr);

    // One of brushedKinds(); empty: the brush lies aside.
    const std::string& kind() const { return m_kind; }
    bool isOn() const { return !m_kind.empty(); }
    void setKind(const std::string& kind);
    bool isPossible(const std::string& kind) const; // with this model
    int size() const { return m_size; }             // patches a side
    void setSize(int patches);

    // The square around a patch (column, row) of the picture's grid.
    void paint(int column, int row, bool erases);
    bool isPainted(int column, int row) const;
    void clear(); // of every kind
    bool hasPainted() const;

Q_SIGNALS:
    void changed(); // kind or size

private:
    int numberOf(int column, int row) const; // as the kind counts them; -1: beside the picture

    InspectionModel* m_model;
    std::string m_kind;
    int m_size = 1;
};

// Kinds of verbs::Change that are done to a list of tokens or patches.
std::vector<std::string> brushedKinds();
// Tokens of the picture that are painted by a kind, as numbers of patches row by row.
std::vector<int> paintedPatches(const InspectionModel& model, const std::string& kind);

} // namespace headlens
