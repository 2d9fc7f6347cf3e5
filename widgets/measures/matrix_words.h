// SPDX-License-Identifier: GPL-3.0-or-later
// What the rows, columns and cells of a study are called, and what of the selection a cell stands for. A value; of the
// input that was studied.
#pragma once

#include "core/wire/verbs_study.h"
#include "widgets/viewmodel/token_layout.h"

#include <QString>
#include <QStringList>

#include <vector>

namespace headlens {

// -1: it says nothing of that.
struct CellPlace {
    int layer = -1, head = -1, token = -1;
    bool operator==(const CellPlace&) const = default;
};

class MatrixWords {
public:
    MatrixWords() = default;
    // `of` which of the answer's matrices; one that does not exist is empty.
    MatrixWords(const verbs::Study& answer, std::size_t of, const verbs::ModelInfo& model,
                const verbs::InputInfo& input);

    int rows() const { return m_numbers.rows(); }
    int columns() const { return m_numbers.columns(); }
    bool isEmpty() const { return !m_numbers.isTable(); }
    const verbs::StudyMatrix& said() const { return m_said; }
    float at(int row, int column) const { return m_numbers.part(row)[std::size_t(column)]; }
    const std::vector<float>& numbers() const { return m_numbers.values; }

    QString title() const;
    QString rowTitle() const; // of the axis: "layer"
    QString columnTitle() const;
    QString rowName(int row) const; // "layer 3", "embedding", "CLS"
    QString columnName(int column) const;
    QStringList rowLabels() const; // short ones, of ticks
    QStringList columnLabels() const;
    QString numberText(float number) const;      // with its unit
    QString textIn(int row, int column) const;   // of the engine: a class, a piece
    QString cellText(int row, int column) const; // "layer 3, head 2: 0.42 score"
    bool isMarked(int row, int column) const;

    CellPlace placeOf(int row, int column) const;
    // The cell that stands for what is selected, as near as there is one; {-1,-1}: none.
    QPoint cellOf(const CellPlace& selected) const; // x: column, y: row
    // The strongest cells, those of a symmetric table once: the first places of ranks, the largest numbers of others.
    std::vector<QPoint> strongest(std::size_t most) const;

    // A row over tokens as the patches of the picture; empty: it is no such row.
    bool hasPatches() const;
    MatrixWords patchesOf(int row) const;

    QString table(QChar between) const; // with names, and full numbers

private:
    QString name(const verbs::StudyAxis& axis, int index, int count, bool isShort) const;
    QString titleOf(const verbs::StudyAxis& axis) const;
    int named(const verbs::StudyAxis& axis, int index, int count) const; // -1: it is none of these
    void place(const verbs::StudyAxis& axis, int index, int count, CellPlace& found) const;
    int indexOf(const verbs::StudyAxis& axis, int count, const CellPlace& selected) const;

    verbs::StudyMatrix m_said;
    FloatArray m_numbers;
    TokenLayout m_tokens;
    std::vector<int> m_heads; // of every layer
};

} // namespace headlens
